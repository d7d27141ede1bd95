// Installs node_modules when it is missing or is not what the lock file says.
// Runs on Node 20 with built-ins only.
import { access, readFile } from "node:fs/promises";
import path from "node:path";
import { withLock } from "./lock.mjs";
import { npm } from "./npm.mjs";
import { projectNode, root, toolFolder } from "./paths.mjs";
import { SetUpError, step } from "./steps.mjs";

const oldestNode = 20;

/** Makes node_modules match package-lock.json; changes neither the lock file nor package.json. */
export async function ensureDependencies() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < oldestNode) {
    throw new SetUpError(`Node ${String(oldestNode)} or newer is needed; this is ${process.version}.`);
  }
  if (await isInstalled()) return;
  await withLock(path.join(toolFolder, "npm.lock"), async () => {
    if (await isInstalled()) return;
    await step("Installing npm packages", () => npm(["ci"], { cwd: root, what: "Installing npm packages" }));
    if (await exists(projectNode)) return;
    throw new SetUpError(
      "npm left out the install script of the package “node”. Allow it (npm config: ignore-scripts=false) and run this again.",
    );
  });
}

async function isInstalled() {
  const [wanted, found] = await Promise.all([
    packagesOf(path.join(root, "package-lock.json")),
    packagesOf(path.join(root, "node_modules/.package-lock.json")),
  ]);
  if (wanted === undefined || found === undefined) return false;
  const put = await putThere(Object.keys(wanted).filter((name) => name !== "" && !(name in found)));
  return matches(wanted, { ...found, ...put }) && (await exists(projectNode));
}

/** Those of the packages that are in node_modules though npm does not say so: copied there, not installed. */
async function putThere(names) {
  const there = {};
  for (const name of names) {
    const manifest = path.join(root, name, "package.json");
    if (await exists(manifest))
      there[name] = { version: JSON.parse(await readFile(manifest, "utf8")).version };
  }
  return there;
}

/**
 * Whether what npm wrote down after its last finished install (`node_modules/.package-lock.json`) is what the
 * lock file asks for. Packages for other platforms may be missing.
 */
export function matches(wanted, found) {
  if (wanted === undefined || found === undefined) return false;
  const names = Object.keys(wanted).filter((name) => name !== "");
  return (
    names.every((name) => {
      const there = found[name];
      if (there === undefined) return wanted[name].optional === true || wanted[name].devOptional === true;
      return there.version === wanted[name].version;
    }) && Object.keys(found).every((name) => name in wanted)
  );
}

async function packagesOf(file) {
  if (!(await exists(file))) return undefined;
  return JSON.parse(await readFile(file, "utf8")).packages;
}

export async function exists(file) {
  return access(file).then(
    () => true,
    () => false,
  );
}
