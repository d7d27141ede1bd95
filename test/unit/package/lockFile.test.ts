import assert from "node:assert/strict";
import { mkdtemp, copyFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import lock from "../../../package-lock.json" with { type: "json" };
import { npmEnvironment, run } from "../../support/setUp/npm.mjs";
import { root } from "../../support/setUp/paths.mjs";

const npmLimitMs = 60_000;

describe("package-lock.json", () => {
  it("names no registry host", () => {
    const withAddress = Object.entries(lock.packages).filter(([, entry]) => "resolved" in entry);
    assert.deepEqual(withAddress, []);
  });

  it("pins every package by its content", () => {
    const unpinned = Object.entries(lock.packages).filter(
      ([name, entry]) => name !== "" && !("integrity" in entry),
    );
    assert.deepEqual(unpinned, []);
  });

  it("is what npm ci takes for this package.json", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "valar-lock-"));
    for (const name of ["package.json", "package-lock.json"]) {
      await copyFile(path.join(root, name), path.join(folder, name));
    }
    const args = ["ci", "--dry-run", "--offline", "--ignore-scripts", "--no-audit"];
    const { code, output } = await run("npm", args, { cwd: folder, env: npmEnvironment() });
    await rm(folder, { recursive: true });
    assert.equal(code, 0, output);
  }).timeout(npmLimitMs);
});
