// Builds the extension host bundle and the webview bundle into dist/.
// Flags: --watch rebuilds on change, --production minifies and leaves source maps out.
import * as esbuild from "esbuild";
import { rm } from "node:fs/promises";

const production = process.argv.includes("--production");
const watch = process.argv.includes("--watch");

/** @type {import("esbuild").BuildOptions} */
const shared = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : "linked",
  target: "es2023",
  charset: "utf8",
  logLevel: "info",
  legalComments: "none",
};

const builds = [
  {
    ...shared,
    entryPoints: ["src/extension.ts"],
    outfile: "dist/extension.cjs",
    platform: "node",
    format: "cjs",
    external: ["vscode"],
  },
  {
    ...shared,
    entryPoints: { chat: "src/webview/main.ts", chatStyles: "src/webview/styles.css" },
    outdir: "dist/webview",
    platform: "browser",
    format: "esm",
    // Languages to highlight are scripts of their own, fetched when first met.
    splitting: true,
    target: "chrome128",
  },
];

// Names of split scripts change with their content.
await rm("dist/webview", { recursive: true, force: true });

if (watch) {
  const contexts = await Promise.all(builds.map((options) => esbuild.context(options)));
  await Promise.all(contexts.map((context) => context.watch()));
} else {
  await Promise.all(builds.map((options) => esbuild.build(options)));
}
