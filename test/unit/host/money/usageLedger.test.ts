import assert from "node:assert/strict";
import { sumOf } from "../../../../src/core/money/spent.ts";
import type { UsageRecord } from "../../../../src/core/money/usageRecord.ts";
import { UsageLedger } from "../../../../src/host/money/usageLedger.ts";
import { MemoryFiles } from "../history/memoryFiles.ts";

const noon = new Date(2026, 5, 30, 12).getTime();
const dayMs = 24 * 60 * 60 * 1000;

function record(key: string, more: Partial<UsageRecord> = {}): UsageRecord {
  return {
    ...{ key, at: noon, model: "a/one", window: "asap" },
    ...{ promptTokens: 10, completionTokens: 5, costUsd: 0.25 },
    ...more,
  };
}

const stopped = { promptTokens: undefined, completionTokens: undefined, costUsd: undefined };

describe("the usage ledger", () => {
  let files: MemoryFiles;
  let now: number;
  let errors: string[];
  const open = (): UsageLedger =>
    new UsageLedger(files, { error: (message) => void errors.push(message) }, () => now);
  beforeEach(() => {
    files = new MemoryFiles();
    now = noon;
    errors = [];
  });
  const keys = (records: readonly UsageRecord[]): readonly string[] => records.map(({ key }) => key);

  it("counts what two windows write, each at once", async () => {
    const [one, two] = [open(), open()];
    await one.add(record("a"));
    assert.deepEqual(keys(await two.today()), ["a"]);
    await Promise.all([two.add(record("b")), one.add(record("c"))]);
    assert.deepEqual(keys(await one.today()).toSorted(), ["a", "b", "c"]);
    assert.equal(sumOf(await two.today()).usd, 0.75);
  });

  it("keeps one file a day, and counts today's alone as today's", async () => {
    const ledger = open();
    await ledger.add(record("old", { at: noon - dayMs }));
    await ledger.add(record("new"));
    assert.deepEqual(keys(await ledger.today()), ["new"]);
    assert.deepEqual(keys(await ledger.all()), ["old", "new"]);
    const names = (await files.list()).map(({ name }) => name);
    assert.deepEqual(names.toSorted(), ["2026-06-29.jsonl", "2026-06-30.jsonl"]);
    now += dayMs;
    assert.deepEqual(keys(await ledger.today()), []);
  });

  it("counts a request of yesterday that was tried again after midnight as yesterday's", async () => {
    const ledger = open();
    await ledger.add(record("late", { at: noon - dayMs, ...stopped }));
    await ledger.add(record("late"));
    assert.deepEqual(keys(await ledger.today()), []);
    assert.deepEqual(await ledger.all(), [record("late", { at: noon - dayMs })]);
  });

  it("loses nothing but the torn line of a window that was killed", async () => {
    await open().add(record("a"));
    await files.append("2026-06-30.jsonl", new TextEncoder().encode('\n{"key":"torn","at":17'));
    const ledger = open();
    await ledger.add(record("b"));
    assert.deepEqual(keys(await ledger.today()), ["a", "b"]);
  });

  it("counts what the disk does not take, and says so in the log", async () => {
    const ledger = open();
    files.append = () => Promise.reject(new Error("ENOSPC"));
    await ledger.add(record("a"));
    assert.deepEqual(keys(await ledger.today()), ["a"]);
    assert.deepEqual(keys(await ledger.all()), ["a"]);
    assert.equal(errors.length, 1);
  });

  it("is written once what was added so far is on disk", async () => {
    const ledger = open();
    void ledger.add(record("a"));
    void ledger.add(record("b"));
    await ledger.written();
    assert.deepEqual(keys(await open().today()), ["a", "b"]);
  });

  it("is empty once cleared, in every window, and leaves other files alone", async () => {
    const [one, two] = [open(), open()];
    await one.add(record("a"));
    await files.append("notes.txt", new TextEncoder().encode("mine"));
    assert.equal((await two.today()).length, 1);
    await one.clear();
    assert.deepEqual([...(await one.today()), ...(await two.today()), ...(await two.all())], []);
    assert.deepEqual(
      (await files.list()).map(({ name }) => name),
      ["notes.txt"],
    );
  });
});
