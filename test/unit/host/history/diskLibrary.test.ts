import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import {
  changeConversation,
  type Conversation,
  emptyConversation,
} from "../../../../src/core/chat/conversation.ts";
import { DiskLibrary, type OpenConversation } from "../../../../src/host/chat/history/diskLibrary.ts";
import { indexFile } from "../../../../src/host/chat/history/historyIndex.ts";
import { ConversationFiles } from "../../../../src/host/conversationFiles.ts";
import type { HistoryFiles } from "../../../../src/host/historyFiles.ts";
import { NodeHistoryFiles } from "../../../../src/host/node/nodeHistoryFiles.ts";
import { UserError } from "../../../../src/host/userError.ts";
import { answer, question } from "../../core/chat/samples.ts";
import { MemoryFiles } from "./memoryFiles.ts";

/** One window's view of the folder. */
function open(files: HistoryFiles) {
  const warnings: string[] = [];
  const log = { warn: (message: string) => void warnings.push(message) };
  const conversations = new ConversationFiles(files, log);
  const opened = new Map<string, OpenConversation>();
  const findOpen = (id: string) => opened.get(id);
  const library = new DiskLibrary({ files, conversations, findOpen, log, goneMessage: "gone" });
  return { conversations, warnings, opened, library };
}

function conversation(id: string, text: string, reply = ""): Conversation {
  const asked = changeConversation(emptyConversation(id, 1), {
    type: "asked",
    message: question(`${id}-q`, undefined, text),
  });
  return changeConversation(asked, {
    type: "answerStarted",
    answer: answer(`${id}-a`, `${id}-q`, { content: reply, outcome: { type: "complete", truncated: false } }),
  });
}

async function filled(files: HistoryFiles, count = 3) {
  const window = open(files);
  for (let at = 0; at < count; at++) {
    await window.conversations.save(conversation(`c${at}`, `Question ${at}\nMore`, `Antwort Ä${at}`), []);
  }
  return window;
}

const idsOf = async (list: Promise<readonly { readonly id: string }[]>) => (await list).map(({ id }) => id);

describe("the library of conversations", () => {
  it("keeps no word of what was deleted: not in the index, the queue or a damaged end", async () => {
    const files = new MemoryFiles();
    const { library } = await filled(files, 60);
    await library.list();
    const index = () => new TextDecoder().decode(files.files.get(indexFile)?.bytes);
    assert.match(index(), /antwort ä7\b/i);
    await files.append("c7.log.damaged", new Uint8Array(1));
    await files.append("queue-c7.json", new Uint8Array(1));
    await files.append("queue-c8.json", new Uint8Array(1));
    await library.delete("c7");
    assert.doesNotMatch(index(), /antwort ä7\b/i);
    assert.ok(files.files.has("queue-c7.json"), "the deleting can still be undone");
    await library.emptyTrash();
    const left = [...files.files.keys()].filter((name) => /c7\b|queue/.test(name));
    assert.deepEqual(left, ["queue-c8.json"]);
  });

  it("lists pinned ones first, then the newest", async () => {
    const { library } = await filled(new MemoryFiles());
    assert.deepEqual(await idsOf(library.list()), ["c2", "c1", "c0"]);
    await library.setPinned("c0", true);
    const list = await library.list();
    assert.deepEqual(
      list.map(({ id, title, pinned, lastWords }) => [id, title, pinned, lastWords]),
      [
        ["c0", "Question 0", true, "Antwort Ä0"],
        ["c2", "Question 2", false, "Antwort Ä2"],
        ["c1", "Question 1", false, "Antwort Ä1"],
      ],
    );
  });

  it("keeps the time of the last message when a chat is renamed, pinned or shown in another branch", async () => {
    const files = new MemoryFiles();
    const { library, conversations } = await filled(files);
    const timeOf = async (id: string) => (await library.list()).find((one) => one.id === id)?.changedAt;
    const before = await timeOf("c0");
    await library.rename("c0", "New name");
    await library.setPinned("c0", true);
    const current = await library.read("c0");
    assert.ok(current?.pinned);
    await conversations.save(current, [{ type: "branchChosen", leafId: "c0-a" }]);
    assert.equal((await library.list())[0]?.title, "New name");
    assert.equal(await timeOf("c0"), before);
    const message = question("q2", "c0-a", "More");
    await conversations.save(changeConversation(current, { type: "asked", message }), [
      { type: "asked", message },
    ]);
    assert.ok((await timeOf("c0")) !== before);
  });

  it("finds all words of a query in titles and texts, whatever their case", async () => {
    const { library } = await filled(new MemoryFiles());
    assert.deepEqual(await idsOf(library.search("antwort  question ä1")), ["c1"]);
    await library.rename("c2", "Zebra");
    assert.deepEqual(await idsOf(library.search("zEBRA more")), ["c2"]);
    assert.deepEqual(await idsOf(library.search("zebra nowhere")), []);
  });

  it("finds nothing that was deleted or hangs on it, until that comes back", async () => {
    const { library, conversations } = await filled(new MemoryFiles());
    const current = await library.read("c1");
    assert.ok(current);
    const found = async () => {
      await library.list();
      return idsOf(library.search("ä1"));
    };
    assert.deepEqual(await found(), ["c1"]);
    for (const type of ["deleted", "restored"] as const) {
      const change = { type, id: "c1-q", leafId: "c1-a" } as const;
      await conversations.save(changeConversation(current, change), [change]);
      assert.deepEqual(await found(), type === "deleted" ? [] : ["c1"]);
    }
  });

  it("reads a file again only when it has changed, also in the next window", async () => {
    const files = new MemoryFiles();
    const { library } = await filled(files, 60);
    await library.list();
    files.reads = 0;
    await library.list();
    assert.equal(files.reads, 0);
    const next = open(files);
    assert.equal((await next.library.list()).length, 60);
    assert.equal(files.reads, 1, "the index alone");
    await next.library.rename("c7", "Renamed elsewhere");
    files.reads = 0;
    await library.list();
    assert.deepEqual(await idsOf(library.search("renamed elsewhere")), ["c7"]);
    assert.equal(files.reads, 1);
  });

  it("builds the index again when it is missing, damaged or of another time", async () => {
    const files = new MemoryFiles();
    const { library } = await filled(files, 60);
    const expected = await library.list();
    const whole = files.files.get(indexFile);
    assert.ok(whole);
    for (const bytes of [
      Buffer.from(""),
      Buffer.from("\t\n{}\tx\nnull\t\n"),
      whole.bytes.subarray(0, whole.bytes.length / 2),
      Buffer.from(Buffer.from(whole.bytes).toString().replaceAll("Question 7", "Question X")),
      Buffer.from(Buffer.from(whole.bytes).toString().replaceAll("question 7", "question 7!")),
    ]) {
      files.files.set(indexFile, { bytes, changedAt: 1 });
      const next = open(files).library;
      const list = await next.list();
      assert.equal(list.length, expected.length);
    }
    files.files.delete(indexFile);
    assert.deepEqual(await open(files).library.list(), expected);
  });

  it("never lists what the index has and the folder has not", async () => {
    const files = new MemoryFiles();
    const { library } = await filled(files, 60);
    await library.list();
    await files.remove("c9.log");
    assert.ok(!(await idsOf(open(files).library.list())).includes("c9"));
  });

  it("lists the others when one file cannot be read, and leaves that as it is", async () => {
    const files = new MemoryFiles();
    const { library, warnings } = await filled(files);
    await files.append("odd.log", Buffer.from("no record"));
    assert.equal((await library.list()).length, 3);
    assert.match(warnings.join(), /odd\.log/);
    assert.ok(files.files.has("odd.log"));
  });

  it("deletes with undo, until the window closes", async () => {
    const files = new MemoryFiles();
    const { library } = await filled(files);
    const before = await library.list();
    await library.delete("c1");
    assert.deepEqual(await idsOf(library.list()), ["c2", "c0"]);
    assert.equal(await library.read("c1"), undefined);
    await library.undoDelete("c1");
    assert.deepEqual(await library.list(), before);
    await library.delete("c1");
    await open(files).library.emptyTrash();
    assert.equal([...files.files.keys()].filter((name) => name.endsWith(".deleted")).length, 1);
    await library.emptyTrash();
    await library.undoDelete("c1");
    assert.deepEqual([...files.files.keys()].sort(), ["c0.log", "c2.log"]);
  });

  for (const when of ["emptyTrash", "list"] as const) {
    it(`erases what another window deleted 30 days ago, and nothing younger: ${when}`, async () => {
      const files = new MemoryFiles();
      const day = 24 * 60 * 60 * 1000;
      for (const age of [29, 31]) {
        await files.append(`c.log.${Date.now() - age * day}.deleted`, new Uint8Array());
      }
      await open(files).library[when]();
      // `list` does it afterwards.
      await setImmediate();
      assert.equal(files.files.size, 1);
      assert.ok(Number([...files.files.keys()][0]?.split(".")[2]) > Date.now() - 30 * day);
    });
  }

  it("row 64: a conversation deleted in one window while it is open in another is written again", async () => {
    const files = new MemoryFiles();
    const { conversations } = await filled(files);
    const other = open(files).library;
    await other.delete("c1");
    const current = conversation("c1", "Question 1", "and more");
    await conversations.save(current, [{ type: "branchChosen", leafId: "c1-a" }]);
    await other.undoDelete("c1");
    assert.deepEqual(await other.read("c1"), current);
  });

  it("adds one that came from elsewhere under an id of its own", async () => {
    const files = new MemoryFiles();
    const { library } = await filled(files);
    const stored = await library.read("c1");
    assert.ok(stored);
    const id = await library.add({ conversation: stored, changedAt: 5 });
    assert.notEqual(id, "c1");
    assert.deepEqual(await library.read(id), { ...stored, id });
    assert.equal((await library.list()).length, 4);
  });

  it("adds one that came from elsewhere with its time, and under its own id as long as that is free", async () => {
    const files = new MemoryFiles();
    const { library } = open(files);
    const own = "01234567-89ab-cdef-0123-456789abcdef";
    const chat = conversation(own, "From elsewhere");
    assert.equal(await library.add({ conversation: chat, changedAt: 5 }), own);
    assert.equal(await library.changedAt(own), 5);
    const copy = await library.add({ conversation: chat, changedAt: Infinity });
    assert.notEqual(copy, own);
    assert.ok(((await library.changedAt(copy)) ?? Infinity) <= Date.now());
    await library.delete(own);
    assert.notEqual(await library.add({ conversation: chat, changedAt: -1 }), own, "it can still come back");
    await library.emptyTrash();
    assert.equal(await library.add({ conversation: chat, changedAt: 6 }), own);
  });

  it("leaves the naming of an open conversation to itself, and reads it as it is in memory", async () => {
    const { library, opened } = await filled(new MemoryFiles());
    const heard: unknown[] = [];
    const current = conversation("c1", "newer than its file");
    const amend = (change: unknown) => Promise.resolve(void heard.push(change));
    opened.set("c1", { current, amend });
    await library.rename("c1", "  ");
    await library.rename("c1", " New ");
    assert.deepEqual(heard, [
      { type: "renamed", title: undefined },
      { type: "renamed", title: "New" },
    ]);
    assert.deepEqual(await library.read("c1"), current);
  });

  it("says when a conversation to be named is gone", async () => {
    const { library } = await filled(new MemoryFiles());
    await assert.rejects(library.rename("none", "x"), UserError);
  });

  it("row 63: on a full disk lists and searches on, and says what it could not do", async () => {
    const files = new MemoryFiles();
    const { library } = await filled(files, 60);
    files.isFull = true;
    assert.equal((await library.list()).length, 60);
    assert.deepEqual(await idsOf(library.search("ä17")), ["c17"]);
    await assert.rejects(library.rename("c1", "x"), /no space left/);
    assert.equal((await library.read("c1"))?.title, undefined);
  });
});

describe("the library on a real disk", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "valar-history-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("does all of that, and is empty where there is no folder yet", async () => {
    const files = new NodeHistoryFiles(path.join(folder, "not", "yet"));
    assert.deepEqual(await open(files).library.list(), []);
    await filled(files, 60);
    const { library } = open(files);
    assert.equal((await library.list()).length, 60);
    const before = await library.list();
    await library.rename("c3", "Third");
    const timesOf = (list: typeof before) =>
      new Map(list.map(({ id, changedAt }) => [id, Math.floor(changedAt)]));
    assert.deepEqual(timesOf(await library.list()), timesOf(before));
    await library.delete("c4");
    await library.undoDelete("c4");
    await library.delete("c5");
    const next = open(files).library;
    assert.deepEqual(await next.list(), await library.list());
    assert.equal((await next.search("third"))[0]?.id, "c3");
    await library.emptyTrash();
    const names = await readdir(path.join(folder, "not", "yet"));
    assert.equal(names.length, 60, "59 conversations and the index");
  });

  it("row 63: says so when the folder is gone for good", async () => {
    const files = new NodeHistoryFiles(path.join(folder, "file", "conversations"));
    await new NodeHistoryFiles(folder).append("file", new Uint8Array());
    const { conversations } = open(files);
    await assert.rejects(conversations.save(conversation("c", "q"), []));
  });
});
