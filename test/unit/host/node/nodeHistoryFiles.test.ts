import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { NodeHistoryFiles } from "../../../../src/host/node/nodeHistoryFiles.ts";

describe("history on a disk", () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(path.join(tmpdir(), "valar-files-"))));
  afterEach(() => rm(folder, { recursive: true }));

  it("removes what a killed window left half written, once no window can be writing it", async () => {
    const all = ["panel.json", "panel.json.7.new"];
    for (const name of all) {
      await writeFile(path.join(folder, name), "{}");
      await utimes(path.join(folder, name), 1, 1);
    }
    await new NodeHistoryFiles(folder).list();
    assert.deepEqual(
      (await readdir(folder)).sort(),
      all,
      "it may be of a window that is writing an old chat anew",
    );
    const listed = await new NodeHistoryFiles(folder, () => Date.now() + 2 * 3_600_000).list();
    assert.deepEqual(
      listed.map(({ name }) => name),
      ["panel.json"],
    );
    assert.deepEqual(await readdir(folder), ["panel.json"]);
  });
});
