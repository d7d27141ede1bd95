// Builds the extension host's scripts and the webview's into dist/.
// Flags: --watch rebuilds on change, --production minifies and leaves source maps out.
import * as esbuild from "esbuild";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

const production = process.argv.includes("--production");
const watch = process.argv.includes("--watch");

/**
 * The entry for Node loads the extension from its own script, as the one for the web does.
 *
 * @type {import("esbuild").Plugin}
 */
const extensionApart = {
  name: "extension-apart",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\/extension\.ts$/ }, () => ({ path: "./host/extension.cjs", external: true })),
};

/** @type {import("esbuild").BuildOptions} */
const shared = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : "linked",
  target: "es2023",
  charset: "utf8",
  logLevel: "info",
  legalComments: "none",
  metafile: true,
};

/**
 * Modules that parts of the host share, esbuild puts into one script for each set of parts: dozens. Each part comes after
 * the extension's start, and importing that makes one script of all that the start and the parts share.
 *
 * @type {import("esbuild").Plugin}
 */
const partsAfterStart = {
  name: "parts-after-start",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]src[\\/]host[\\/]\w+(Services|Parts)\.ts$/ }, async ({ path: file }) => ({
      contents: `import "../extension.ts";\n${await readFile(file, "utf8")}`,
      loader: "ts",
    })),
};

/**
 * Writes the host's ES modules as CommonJS: esbuild splits nothing else, and CommonJS is what every VS Code and its
 * forks load. An `import()` becomes a `require` that runs when it is reached.
 *
 * @type {import("esbuild").Plugin}
 */
const asCommonJs = {
  name: "as-common-js",
  setup: ({ onEnd }) =>
    onEnd(async ({ outputFiles = [] }) => {
      await Promise.all(outputFiles.map(writeAsCommonJs));
    }),
};

/** @param {import("esbuild").OutputFile} output */
async function writeAsCommonJs({ path: file, text }) {
  const { minify, target, charset } = shared;
  const options = { format: "cjs", minify, target, charset, supported: { "dynamic-import": false } };
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, file.endsWith(".cjs") ? (await esbuild.transform(text, options)).code : text);
}

const builds = [
  {
    ...shared,
    entryPoints: ["src/extension.ts"],
    outdir: "dist/host",
    // Node and the web worker host both run it: an import of Node fails the build.
    platform: "browser",
    // What `import()` names becomes a script of its own, loaded when it is first used.
    format: "esm",
    splitting: true,
    outExtension: { ".js": ".cjs" },
    external: ["vscode"],
    write: false,
    plugins: [partsAfterStart, asCommonJs],
  },
  {
    ...shared,
    entryPoints: ["src/extension.node.ts"],
    outfile: "dist/node.cjs",
    platform: "node",
    format: "cjs",
    external: ["vscode"],
    plugins: [extensionApart],
  },
  {
    ...shared,
    entryPoints: ["src/extension.web.ts"],
    outfile: "dist/web.js",
    platform: "browser",
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
await rm("dist", { recursive: true, force: true });

if (watch) {
  const contexts = await Promise.all(builds.map((options) => esbuild.context(options)));
  await Promise.all(contexts.map((context) => context.watch()));
} else {
  const results = await Promise.all(builds.map((options) => esbuild.build(options)));
  await writeFile("dist/ThirdPartyNotices.txt", await notices(results));
}

/**
 * The licences of the packages whose code is in the scripts, which most of them ask to be passed on.
 *
 * @param {readonly import("esbuild").BuildResult[]} results
 */
async function notices(results) {
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const folders = inputs.flatMap((file) => file.match(/^.*node_modules\/(@[^/]+\/)?[^/]+/)?.[0] ?? []);
  const texts = [...new Set(folders)].sort().map(async (folder) => {
    const { name, version } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
    if (file === undefined) throw new Error(`${name} comes without its licence.`);
    return `${name} ${version}\n\n${(await readFile(path.join(folder, file), "utf8")).trim()}\n`;
  });
  return `Valar contains code of these packages.\n\n${(await Promise.all(texts)).join("\n---\n\n")}`;
}
