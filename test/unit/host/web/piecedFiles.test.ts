import fc from "fast-check";
import assert from "node:assert/strict";
import { Sequencer } from "../../../../src/core/util/sequencer.ts";
import type { HistoryFiles } from "../../../../src/host/historyFiles.ts";
import { PiecedFiles } from "../../../../src/host/web/piecedFiles.ts";
import { MemoryFiles } from "../history/memoryFiles.ts";
import { MemoryFolder } from "./memoryFolder.ts";

const names = ["a.log", "b~1.log", "a.log.7.deleted"] as const;
const name = fc.constantFrom(...names);
const bytes = fc.uint8Array({ maxLength: 8 });

type Step =
  | { readonly type: "append" | "replace"; readonly name: string; readonly bytes: Uint8Array }
  | { readonly type: "rename"; readonly name: string; readonly to: string }
  | { readonly type: "remove"; readonly name: string };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant("append" as const), name, bytes }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("replace" as const), name, bytes }) },
  fc.record({ type: fc.constant("rename" as const), name, to: name }),
  fc.record({ type: fc.constant("remove" as const), name }),
);

async function take(files: HistoryFiles, one: Step): Promise<void> {
  switch (one.type) {
    case "append":
      return files.append(one.name, one.bytes);
    case "replace":
      return files.replace(one.name, one.bytes);
    case "rename":
      return (await files.stat(one.name)) ? files.rename(one.name, one.to) : undefined;
    case "remove":
      return files.remove(one.name);
  }
}

/** Windows on one folder, in a browser that lets them wait for each other. */
function windowsOn(folder: MemoryFolder, count: number): PiecedFiles[] {
  const sequencer = new Sequencer();
  const exclusively = <T>(task: () => Promise<T>): Promise<T> => sequencer.run(task);
  let time = 1_000_000;
  const now = (): number => time++;
  return Array.from(
    { length: count },
    (_, at) => new PiecedFiles({ folder, exclusively, writer: `w${at}`, now }),
  );
}

function windowOn(folder: MemoryFolder): PiecedFiles {
  return windowsOn(folder, 1)[0] ?? assert.fail();
}

async function contents(files: HistoryFiles): Promise<Record<string, string>> {
  const all = await Promise.all(
    names.map(
      async (each) => [each, Buffer.from((await files.read(each)) ?? "none").toString("hex")] as const,
    ),
  );
  return Object.fromEntries(all);
}

describe("files that are kept in pieces", () => {
  it("are what files that can be appended to are, whichever window writes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(1), step), { maxLength: 60 }), async (steps) => {
        const windows = windowsOn(new MemoryFolder(), 2);
        const [one, two] = windows;
        assert.ok(one && two);
        const expected = new MemoryFiles();
        for (const [at, each] of steps) {
          await take(windows[at] ?? one, each);
          await take(expected, each);
        }
        assert.deepEqual(await contents(two), await contents(expected));
        const sizes = async (files: HistoryFiles) =>
          (await files.list()).map(({ name: file, size }) => `${file} ${size}`).sort();
        assert.deepEqual(await sizes(one), await sizes(expected));
        for (const each of names) {
          assert.equal((await one.stat(each))?.size, (await expected.stat(each))?.size);
        }
      }),
    );
  });

  it("lose nothing when two windows write at once", async () => {
    const windows = windowsOn(new MemoryFolder(), 2);
    const lines = Array.from({ length: 200 }, (_, at) => `${at};`);
    await Promise.all(lines.map(async (line, at) => windows[at % 2]?.append("a.log", Buffer.from(line))));
    const read = Buffer.from((await windows[0]?.read("a.log")) ?? "").toString();
    assert.deepEqual(read.split(";").sort(), ["", ...lines.map((line) => line.slice(0, -1))].sort());
  });

  it("broken off at any point, are what they were before or after, and the next window goes on", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), step, fc.nat(6), async (steps, last, changes) => {
        const folder = new MemoryFolder();
        const window = windowOn(folder);
        for (const each of steps) {
          await take(window, each);
        }
        const before = await contents(window);
        const whole = windowOn(new MemoryFolder(folder.files));
        await take(whole, last);
        const after = await contents(whole);

        folder.changesLeft = changes;
        await take(window, last).catch(() => undefined);
        folder.changesLeft = Infinity;
        const next = windowOn(new MemoryFolder(folder.files));
        const found = await contents(next);
        for (const each of names) {
          const isBeginning =
            (last.type === "remove" || last.type === "rename") &&
            before[each]?.startsWith(found[each] ?? "?");
          assert.ok(
            [before[each], after[each]].includes(found[each]) || isBeginning,
            `${each}: ${found[each]}`,
          );
          assert.equal((await next.stat(each))?.size, (await next.read(each))?.length);
        }
        await next.append("a.log", Buffer.from("more"));
        assert.ok(
          Buffer.from((await next.read("a.log")) ?? "")
            .toString()
            .endsWith("more"),
        );
      }),
    );
  });

  it("set a torn piece aside and delete nothing of it", async () => {
    const folder = new MemoryFolder();
    const window = windowOn(folder);
    await window.append("a.log", Buffer.from("first"));
    folder.changesLeft = 1;
    await assert.rejects(window.append("a.log", Buffer.from("second")));
    folder.changesLeft = Infinity;
    assert.equal(Buffer.from((await window.read("a.log")) ?? "").toString(), "first");
    const aside = [...folder.files].filter(([file]) => file.endsWith(".torn"));
    assert.deepEqual(
      aside.map(([, left]) => Buffer.from(left).toString()),
      ["sec"],
    );
  });

  it("are joined from time to time, and listed by one look into the folder", async () => {
    const folder = new MemoryFolder();
    const window = windowOn(folder);
    for (let at = 0; at < 500; at++) {
      await window.append("a.log", Buffer.from(`${at};`));
      assert.ok(folder.files.size <= 8);
    }
    assert.equal(
      Buffer.from((await window.read("a.log")) ?? "")
        .toString()
        .split(";").length,
      501,
    );
    folder.listings = 0;
    await window.list();
    assert.equal(folder.listings, 1);
  });

  it("have the time of the last write, or the one they were given", async () => {
    const window = windowOn(new MemoryFolder());
    await window.replace("a.log", Buffer.from("a"), 5.5);
    assert.equal((await window.stat("a.log"))?.changedAt, 5);
    await window.rename("a.log", "b.log");
    assert.equal((await window.stat("b.log"))?.changedAt, 5);
    await window.append("b.log", Buffer.from("b"), 6);
    assert.equal((await window.stat("b.log"))?.changedAt, 6);
    await window.append("b.log", Buffer.from("b"));
    assert.ok(((await window.stat("b.log"))?.changedAt ?? 0) >= 1_000_000);
  });
});
