// Installs code-server (the real VS Code workbench and extension host) without a compiler.
// Runs on Node 20 with built-ins only.
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { exists } from "./dependencies.mjs";
import { withLock } from "./lock.mjs";
import { npm } from "./npm.mjs";
import { projectNode, root, toolFolder } from "./paths.mjs";
import { step } from "./steps.mjs";

const version = "4.139.1";
/** Counts up when the steps below change, so that an older installation is made anew. */
const recipe = "1";

const folder = path.join(toolFolder, `code-server-${version}`);
const packageFolder = path.join(folder, "node_modules/code-server");
const stamp = path.join(folder, "complete");

/** code-server's entry point, for the project's Node 24. */
export const codeServerEntry = path.join(packageFolder, "out/node/entry.js");

/** Installs code-server once; an installation that was broken off is started anew. */
export async function ensureCodeServer() {
  if (await isComplete()) return;
  await withLock(
    path.join(toolFolder, "code-server.lock"),
    async () => {
      if (await isComplete()) return;
      await step(`Installing VS Code (code-server ${version}, about 600 MB) into .valar-tools`, install);
    },
    () => console.log("• Waiting for another run that is installing VS Code …"),
  );
}

async function install() {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "package.json"), '{ "private": true }\n');
  const options = { node: projectNode, what: "Installing code-server" };
  const vscode = path.join(packageFolder, "lib/vscode");
  await npm(["install", "--ignore-scripts", `code-server@${version}`], { ...options, cwd: folder });
  // `npm ci` fails in these two: their lock files are out of step with their package.json.
  const inner = ["install", "--omit=dev", "--ignore-scripts"];
  await npm(inner, { ...options, cwd: vscode });
  await npm(inner, { ...options, cwd: path.join(vscode, "extensions") });
  await replaceNativeModules(path.join(vscode, "node_modules/@vscode"));
  await writeFile(stamp, recipe);
}

/** Without their compiled parts these two only throw; the log files are worth having, so plain ones stand in. */
async function replaceNativeModules(modules) {
  const shims = path.join(root, "test/support/setUp/shims");
  await copyFile(path.join(shims, "spdlog.cjs"), path.join(modules, "spdlog/index.js"));
  await copyFile(path.join(shims, "nativeWatchdog.cjs"), path.join(modules, "native-watchdog/index.js"));
}

async function isComplete() {
  return (
    (await exists(codeServerEntry)) && (await exists(stamp)) && (await readFile(stamp, "utf8")) === recipe
  );
}
