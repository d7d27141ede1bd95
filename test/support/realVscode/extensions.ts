// Builds the VSIX files that a real VS Code is given, and installs them; nothing is done twice for the same input.
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { codeServerEntry } from "../setUp/codeServer.mjs";
import { exists } from "../setUp/dependencies.mjs";
import { withLock } from "../setUp/lock.mjs";
import { run } from "../setUp/npm.mjs";
import { root, toolFolder } from "../setUp/paths.mjs";
import { pathWithProjectNode } from "../setUp/projectNode.mjs";
import { SetUpError } from "../setUp/steps.mjs";

export interface InstalledExtensions {
  /** For code-server's --extensions-dir. Shared: nothing may write to it. */
  readonly extensionsFolder: string;
  /** The built VSIX of the product. */
  readonly vsix: string;
}

const packageInputs = [
  ...[
    "src",
    "media",
    "l10n",
    "package.json",
    "package.nls.json",
    "package.nls.de.json",
    "esbuild.mjs",
    ".vscodeignore",
  ],
  ...["README.md", "CHANGELOG.md", "LICENSE", "package-lock.json"],
];
const helperFolder = path.join(root, "test/support/realVscode/helper");
const keptBuilds = 8;

/** Builds and installs what is needed for the sources as they are now. Takes about 5 s the first time, then none. */
export async function ensureExtensions(): Promise<InstalledExtensions> {
  const builds = path.join(toolFolder, "builds");
  const folder = path.join(
    builds,
    await hashOf([...packageInputs.map((name) => path.join(root, name)), helperFolder]),
  );
  const installed: InstalledExtensions = {
    extensionsFolder: path.join(folder, "extensions"),
    vsix: path.join(folder, "valar.vsix"),
  };
  await withLock(path.join(toolFolder, "build.lock"), async () => {
    if (!(await exists(folder))) {
      const partial = `${folder}.partial`;
      await rm(partial, { recursive: true, force: true });
      await mkdir(partial, { recursive: true });
      await buildInto(partial);
      await rename(partial, folder);
      await install(installed, path.join(folder, "helper.vsix"));
      await writeFile(path.join(folder, "complete"), "");
    } else if (!(await exists(path.join(folder, "complete")))) {
      await install(installed, path.join(folder, "helper.vsix"));
      await writeFile(path.join(folder, "complete"), "");
    }
    const now = new Date();
    await utimes(folder, now, now);
    await removeOldBuilds(builds);
  });
  return installed;
}

async function buildInto(folder: string): Promise<void> {
  await vsce(root, [
    "--no-dependencies",
    "--allow-missing-repository",
    "--no-rewrite-relative-links",
    "--out",
    path.join(folder, "valar.vsix"),
  ]);
  const helper = path.join(folder, "helper");
  await cp(helperFolder, helper, { recursive: true });
  const quiet = [
    "--no-dependencies",
    "--allow-missing-repository",
    "--allow-star-activation",
    "--skip-license",
  ];
  await vsce(helper, [...quiet, "--out", path.join(folder, "helper.vsix")]);
}

async function vsce(cwd: string, args: readonly string[]): Promise<void> {
  const program = path.join(root, "node_modules/@vscode/vsce/vsce");
  const env = { ...process.env, PATH: pathWithProjectNode() };
  const { code, output } = await run(process.execPath, [program, "package", ...args], { cwd, env });
  if (code !== 0) throw new SetUpError(`Packaging the extension failed:\n${output}`);
}

async function install({ extensionsFolder, vsix }: InstalledExtensions, helperVsix: string): Promise<void> {
  await rm(extensionsFolder, { recursive: true, force: true });
  const data = `${extensionsFolder}-data`;
  await mkdir(data, { recursive: true });
  await writeFile(path.join(data, "config.yaml"), "cert: false\n");
  const args = [codeServerEntry, "--config", path.join(data, "config.yaml"), "--user-data-dir", data];
  const wanted = ["--install-extension", vsix, "--install-extension", helperVsix];
  const all = [...args, "--extensions-dir", extensionsFolder, ...wanted];
  const { code, output } = await run(process.execPath, all, { env: process.env });
  if (code !== 0) throw new SetUpError(`Installing the extension into code-server failed:\n${output}`);
  await rm(data, { recursive: true, force: true });
}

async function removeOldBuilds(builds: string): Promise<void> {
  const folders = await Promise.all(
    (await readdir(builds)).map(async (name) => {
      const folder = path.join(builds, name);
      return { folder, time: (await stat(folder)).mtimeMs };
    }),
  );
  const old = folders.sort((a, b) => b.time - a.time).slice(keptBuilds);
  await Promise.all(old.map(({ folder }) => rm(folder, { recursive: true, force: true })));
}

async function hashOf(inputs: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const input of inputs) {
    for (const file of await filesUnder(input)) hash.update(file).update(await readFile(file));
  }
  return hash.digest("hex").slice(0, 16);
}

async function filesUnder(input: string): Promise<string[]> {
  if (!(await exists(input))) return [];
  if ((await stat(input)).isFile()) return [input];
  const entries = await readdir(input, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
