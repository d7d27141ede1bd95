/**
 * A history of 10,000 conversations on disk: what listing and searching take, in a window that knows it already, in
 * one that has just opened, and with the index gone. Run: npm run bench -- history
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Conversation } from "../../src/core/chat/conversation.ts";
import { wholeEntry, toJson } from "../../src/core/chat/historyEntry.ts";
import { encodeRecord } from "../../src/core/chat/recordLog.ts";
import { DiskLibrary } from "../../src/host/chat/history/diskLibrary.ts";
import { indexFile } from "../../src/host/chat/history/historyIndex.ts";
import { ConversationFiles } from "../../src/host/conversationFiles.ts";
import { NodeHistoryFiles } from "../../src/host/node/nodeHistoryFiles.ts";

const count = 10_000;
const rounds = 7;
const log = { warn: (message: string) => console.error(message) };
const words = [
  "render",
  "stream",
  "promise",
  "cancel",
  "commit",
  "schema",
  "token",
  "branch",
  "índice",
  "zähler",
];

/** A question and an answer of about 1,500 characters. */
function conversation(at: number): Conversation {
  const word = (n: number) => words[(at * 7 + n * n) % words.length] ?? "";
  const text = (length: number) => Array.from({ length }, (_, n) => word(n)).join(" ");
  return {
    id: `conversation-${at}`,
    createdAt: at,
    leafId: "a",
    messages: [
      { kind: "user", id: "q", parentId: undefined, text: `Question number${at} ${text(20)}`, context: [] },
      {
        ...{ kind: "answer", id: "a", parentId: "q", content: text(200), reasoning: "", refusal: "" },
        ...{ outcome: { type: "complete", truncated: false }, model: "m", completionWindow: "asap" },
        ...{ request: undefined, requestId: undefined, usage: undefined, timing: undefined },
      },
    ],
  };
}

async function measured(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const folder = await mkdtemp(path.join(tmpdir(), "valar-bench-history-"));
try {
  const files = new NodeHistoryFiles(folder);
  for (let at = 0; at < count; at++) {
    await files.append(`conversation-${at}.log`, encodeRecord(toJson(wholeEntry(conversation(at)))));
  }
  const open = () =>
    new DiskLibrary({
      ...{ files, log, goneMessage: "gone" },
      conversations: new ConversationFiles(files, log),
      findOpen: () => undefined,
    });
  const rebuild = await measured(() => open().list());
  const times = new Map<string, number[]>();
  const note = async (name: string, work: () => Promise<unknown>) => {
    times.set(name, [...(times.get(name) ?? []), await measured(work)]);
  };
  for (let round = 0; round < rounds; round++) {
    await note("listing the names in the folder and asking for each file’s size and time", () =>
      files.list(),
    );
    const library = open();
    await note("first list of a window", () => library.list());
    await note("list again", () => library.list());
    await note("search, one hit", () => library.search(`number${round * 1000 + 17} render`));
    await note("search, thousands of hits", () => library.search("zähler stream"));
    await note("search, no hit", () => library.search("nothing of the kind"));
    await library.rename(`conversation-${round}`, `Round ${round}`);
    await note("list after one was changed", () => library.list());
  }
  console.log(`${count} conversations, ms, median of ${rounds} rounds (budget 100)\n`);
  console.log("| | median | worst |");
  console.log("| --- | ---: | ---: |");
  for (const [name, all] of times) {
    const sorted = [...all].sort((a, b) => a - b);
    const middle = sorted[Math.floor(sorted.length / 2)] ?? NaN;
    console.log(`| ${name} | ${middle.toFixed(0)} | ${(sorted.at(-1) ?? NaN).toFixed(0)} |`);
  }
  const { size } = (await files.stat(indexFile)) ?? { size: NaN };
  console.log(
    `\nIndex: ${(size / 1e6).toFixed(1)} MB; made anew from the files in ${(rebuild / 1000).toFixed(1)} s.`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
