import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import manifest from "../../../package.json" with { type: "json" };
import { withLock } from "../../support/setUp/lock.mjs";
import { readScripts } from "../../../src/host/web/scripts.ts";
import { npmEnvironment, run } from "../../support/setUp/npm.mjs";
import { root, toolFolder } from "../../support/setUp/paths.mjs";
import { HostScripts } from "./hostScripts.ts";
import { zipEntries, type ZipEntry } from "./zipEntries.ts";

/** Bytes. */
const vsixBudget = 500_000;
const bundleBudget = 250_000;
/** What VS Code waits for at its start. */
const activationBudget = 66_000;
/** All of the host's scripts: what is loaded only by those who use it must not grow unseen either. */
const hostBudget = 390_000;
const packagingLimitMs = 120_000;

const allowed = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/package(\.nls(\.[a-z-]+)?)?\.json$/,
  /^extension\/(readme|changelog)\.md$/,
  /^extension\/LICENSE\.txt$/,
  /^extension\/media\/(walkthrough\/)?[\w-]+\.(png|svg)$/,
  /^extension\/l10n\/bundle\.l10n\.[a-z-]+\.json$/,
  /^extension\/dist\/(node\.cjs|web\.js|host\/[\w-]+\.cjs)$/,
  /^extension\/dist\/ThirdPartyNotices\.txt$/,
  /^extension\/dist\/webview\/[\w-]+\.(js|css)$/,
];

const required = [
  ...[
    "package.json",
    "package.nls.json",
    "readme.md",
    "changelog.md",
    "LICENSE.txt",
    "media/icon.png",
    "media/valar-dark.svg",
    "media/valar-light.svg",
    "media/valar.svg",
  ],
  ...["dist/node.cjs", "dist/web.js", "dist/host/extension.cjs"],
  ...["dist/webview/chat.js", "dist/webview/chatStyles.css", "dist/ThirdPartyNotices.txt"],
  "l10n/bundle.l10n.de.json",
].map((name) => `extension/${name}`);

describe("the packaged extension", function () {
  this.timeout(packagingLimitMs);

  let folder: string;
  let packaged: { code: number | null; output: string };
  let files: string[];
  let entries: ZipEntry[];
  let size: number;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "valar-package-"));
    const args = ["run", "package", "--", "--out", `${folder}/`];
    const options = { cwd: root, env: npmEnvironment() };
    // Packaging writes dist/, as a build for the real VS Code does.
    packaged = await withLock(path.join(toolFolder, "build.lock"), () => run("npm", args, options));
    files = await readdir(folder);
    const archive = await readFile(path.join(folder, files[0] ?? "no VSIX was written"));
    entries = zipEntries(archive);
    size = archive.length;
  });
  after(async () => rm(folder, { recursive: true, force: true }));

  it("is made without a warning from vsce", () => {
    assert.equal(packaged.code, 0, packaged.output);
    assert.doesNotMatch(packaged.output, /\bWARNING\b|\bERROR\b/);
  });

  it("is exactly one .vsix", () => {
    assert.equal(files.length, 1);
    assert.match(files[0] ?? "", /^valar-\d+\.\d+\.\d+\.vsix$/);
  });

  it("holds only what it should", () => {
    const names = entries.map(({ name }) => name);
    assert.deepEqual(
      names.filter((name) => !allowed.some((pattern) => pattern.test(name))),
      [],
    );
  });

  it("holds all that it needs", () => {
    const names = new Set(entries.map(({ name }) => name));
    assert.deepEqual(
      required.filter((name) => !names.has(name)),
      [],
    );
  });

  it(`is at most ${String(vsixBudget)} bytes, each script of the webview at most ${String(bundleBudget)}`, () => {
    assert.ok(size <= vsixBudget, `${String(size)} bytes`);
    for (const { name, size: bytes } of entries.filter(({ name }) => name.endsWith(".js"))) {
      assert.ok(bytes <= bundleBudget, `${name}: ${String(bytes)} bytes`);
    }
  });

  it("loads little at activation, and its other parts when they are first used", async () => {
    const scripts = await hostScripts();
    assert.deepEqual(scripts.deferred, [
      "apiServices",
      "chatParts",
      "commitServices",
      "contextServices",
      "editServices",
      "languageModelServices",
      "menuServices",
      "participantServices",
    ]);
    const activation = scripts.loadedBytes("extension");
    assert.ok(activation <= activationBudget, `activation: ${String(activation)} bytes`);
    for (const part of scripts.deferred) {
      const bytes = scripts.loadedBytes("extension", "apiServices", part);
      assert.ok(bytes <= bundleBudget, `${part} with all it needs: ${String(bytes)} bytes`);
    }
    assert.ok(scripts.allBytes <= hostBudget, `all: ${String(scripts.allBytes)} bytes`);
  });

  it("needs nothing of Node on the web, and no module but VS Code's API", async () => {
    const read = async (name: string) => readFile(path.join(root, "dist/host", name), "utf8");
    const scripts = [...(await readScripts("extension.cjs", read)).values()];
    const modules = new Set<string>();
    for (const text of [await readFile(path.join(root, manifest.browser), "utf8"), ...scripts]) {
      for (const [, name = ""] of text.matchAll(/\brequire\(["'`]([^"'`]*)/g)) modules.add(name);
      assert.doesNotMatch(text, /\b(process|Buffer|__dirname|setImmediate)\b\s*[.(]/);
    }
    assert.deepEqual(
      [...modules].filter((name) => !name.startsWith("./")),
      ["vscode"],
    );
  });

  it("names no path of the machine that built it, and no source map", async () => {
    const names = entries.map(({ name }) => name.replace(/^extension\//, ""));
    for (const name of names.filter((each) => /^dist\/.*js$/.test(each))) {
      const text = await readFile(path.join(root, name), "utf8");
      assert.ok(!text.includes(root), name);
      assert.doesNotMatch(text, /sourceMappingURL/, name);
    }
  });
});

/** The scripts as they were packaged. */
async function hostScripts(): Promise<HostScripts> {
  const folder = path.join(root, "dist/host");
  const names = await readdir(folder);
  const texts = names.map(async (name) => [name, await readFile(path.join(folder, name), "utf8")] as const);
  return new HostScripts(new Map(await Promise.all(texts)));
}
