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
    const twoHoursAgo = new Date(Date.now() - 2 * 3_600_000);
    for (const name of ["panel.json", "panel.json.7.new", "usage.json.8.new"])
      await writeFile(path.join(folder, name), "{}");
    for (const name of ["panel.json", "panel.json.7.new"])
      await utimes(path.join(folder, name), twoHoursAgo, twoHoursAgo);
    const listed = await new NodeHistoryFiles(folder).list();
    const left = ["panel.json", "usage.json.8.new"];
    assert.deepEqual(listed.map(({ name }) => name).sort(), left);
    assert.deepEqual((await readdir(folder)).sort(), left);
  });
});
