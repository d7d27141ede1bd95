import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { withFileLock } from "../../../../src/host/node/fileLock.ts";

describe("a lock that is a file", () => {
  let folder: string;
  let lock: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "valar-lock-"));
    lock = path.join(folder, "c.log.lock");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Asks for the lock so often at once; gives how often the work was done, by one at a time. */
  async function workTogether(times: number): Promise<number> {
    let [atWork, done] = [0, 0];
    const work = async () => {
      assert.equal(++atWork, 1);
      await readdir(folder);
      atWork--;
      done++;
    };
    await Promise.all(Array.from({ length: times }, () => withFileLock(lock, work)));
    return done;
  }

  it("lets one at a time do its work, and leaves nothing behind", async () => {
    assert.equal(await workTogether(20), 20);
    assert.deepEqual(await readdir(folder), []);
  });

  it("is free again after work that failed", async () => {
    await assert.rejects(
      withFileLock(lock, () => Promise.reject(new Error("failed"))),
      /failed/,
    );
    assert.equal(await withFileLock(lock, () => Promise.resolve("done")), "done");
  });

  it("is taken over, by one, from a window that was killed in the middle of its work", async () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    await writeFile(lock, `${pid} 0`);
    assert.equal(await workTogether(10), 10);
    assert.deepEqual(await readdir(folder), []);
  });

  it("is taken over in the end from one that was killed while it took over", async () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    await writeFile(lock, `${pid} 0`);
    await writeFile(`${lock}.${pid}_0`, "");
    const work = async () => assert.deepEqual(await readdir(folder), ["c.log.lock"]);
    await withFileLock(lock, work, 0);
    assert.deepEqual(await readdir(folder), []);
    // Asks for the lock a thousand times.
  }).timeout(60_000);

  it("keeps nobody from working where the disk gives none", async () => {
    await writeFile(path.join(folder, "file"), "");
    const none = path.join(folder, "file", "c.log.lock");
    assert.equal(await withFileLock(none, () => Promise.resolve("done")), "done");
  });
});
