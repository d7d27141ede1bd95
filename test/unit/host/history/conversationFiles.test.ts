import assert from "node:assert/strict";
import {
  changeConversation,
  type Conversation,
  type ConversationChange,
  emptyConversation,
  findAnswer,
  shownMessages,
} from "../../../../src/core/chat/conversation.ts";
import { foldRequest, unfoldBody } from "../../../../src/core/chat/sentRequest.ts";
import { ConversationFiles } from "../../../../src/host/conversationFiles.ts";
import { answer, question } from "../../core/chat/samples.ts";
import { MemoryFiles } from "./memoryFiles.ts";

const log = { warn: () => undefined };
const file = "c.log";
const ids = (conversation: Conversation | undefined) =>
  conversation && shownMessages(conversation).map(({ id }) => id);

/** A window: what it has in memory and how it writes. */
class Window {
  conversation = emptyConversation("c", 1);
  readonly store: ConversationFiles;

  constructor(files: MemoryFiles) {
    this.store = new ConversationFiles(files, log);
  }

  async open(): Promise<void> {
    const read = await this.store.read("c");
    assert.ok(read);
    this.conversation = read;
  }

  async save(...changes: readonly ConversationChange[]): Promise<void> {
    this.conversation = changes.reduce(changeConversation, this.conversation);
    await this.store.save(this.conversation, changes);
  }
}

const asked = (id: string, parentId?: string): ConversationChange => ({
  type: "asked",
  message: question(id, parentId),
});

describe("the files of conversations", () => {
  it("row 62: cut at any byte, load what was whole, set the rest aside, and go on", async () => {
    const files = new MemoryFiles();
    const window = new Window(files);
    const states: { readonly size: number; readonly conversation: Conversation }[] = [];
    const saves: readonly ConversationChange[] = [
      asked("q1"),
      { type: "answerStarted", answer: answer("a1", "q1") },
      { type: "answerGrew", id: "a1", content: "grüße 🦊", reasoning: "", refusal: "" },
      { type: "renamed", title: "Named" },
    ];
    for (const change of saves) {
      await window.save(change);
      const size = files.files.get(file)?.bytes.length ?? 0;
      states.push({ size, conversation: window.conversation });
    }
    const bytes = files.files.get(file)?.bytes ?? new Uint8Array();
    for (let cut = states[0]?.size ?? 0; cut <= bytes.length; cut++) {
      const torn = new MemoryFiles();
      torn.files.set(file, { bytes: bytes.subarray(0, cut), changedAt: 5 });
      const valid = states.findLast(({ size }) => size <= cut);
      const next = new Window(torn);
      await next.open();
      assert.deepEqual(next.conversation, valid?.conversation, `cut at ${cut}`);
      const aside = torn.files.get(`${file}.damaged`)?.bytes ?? new Uint8Array();
      assert.deepEqual(Buffer.from(aside), Buffer.from(bytes.subarray(valid?.size ?? 0, cut)));
      await next.save(asked("q2", "q1"));
      const again = new Window(torn);
      await again.open();
      assert.deepEqual(again.conversation, next.conversation);
    }
  });

  it("damaged from its start, is left as it is", async () => {
    const files = new MemoryFiles();
    files.files.set(file, { bytes: Buffer.from("1 9 ffff {"), changedAt: 5 });
    assert.equal(await new ConversationFiles(files, log).read("c"), undefined);
    assert.equal(files.files.size, 1);
  });

  it("row 64: two windows that add to one conversation lose nothing, and each request stays whole", async () => {
    const files = new MemoryFiles();
    const [one, two] = [new Window(files), new Window(files)];
    await one.save(asked("q1"));
    await two.open();
    const bodies = new Map<string, string>();
    const answerIn = async (window: Window, id: string, parentId: string) => {
      const body = JSON.stringify({ messages: ["rules", `question of ${id}`] });
      bodies.set(id, body);
      const request = { key: id, body, bodyHash: "", baseUrl: "", tokenFingerprint: "", stream: true };
      const { sent, added } = foldRequest(request, window.conversation.sentMessages);
      await window.save(
        { type: "sent", messages: added },
        { type: "answerStarted", answer: answer(id, parentId, { request, sent }) },
      );
    };
    await answerIn(one, "a1", "q1");
    await answerIn(two, "b1", "q1");
    await one.save(asked("q2", "a1"));
    await two.save(asked("p2", "b1"));
    await answerIn(one, "a2", "q2");
    await answerIn(two, "b2", "p2");
    const three = new Window(files);
    await three.open();
    assert.deepEqual(ids(three.conversation), ["q1", "b1", "p2", "b2"]);
    const otherBranch = changeConversation(three.conversation, { type: "branchChosen", leafId: "a2" });
    assert.deepEqual(ids(otherBranch), ["q1", "a1", "q2", "a2"]);
    for (const [id, body] of bodies) {
      const found = findAnswer(three.conversation, id);
      assert.equal(found?.request?.body, body);
      assert.equal(found.sent && unfoldBody(found.sent, three.conversation.sentMessages), body);
    }
  });

  it("row 64: goes on after another window has written the file anew", async () => {
    const files = new MemoryFiles();
    const [one, two] = [new Window(files), new Window(files)];
    await one.save(asked("q1"));
    for (let at = 0; at < 250; at++) {
      await one.save({ type: "pinned", pinned: at % 2 === 0 });
    }
    const before = files.files.get(file);
    assert.ok(before);
    const { length } = before.bytes;
    await two.open();
    assert.ok((files.files.get(file)?.bytes.length ?? length) < length / 10, "written as one record");
    assert.equal(files.files.get(file)?.changedAt, before.changedAt, "which is no change of it");
    await one.save(asked("q2", "q1"));
    await two.save(asked("p2", "q1"));
    await one.open();
    assert.deepEqual(
      one.conversation.messages.map(({ id }) => id),
      ["q1", "q2", "p2"],
    );
  });

  it("erases from the disk what was deleted, when next opened", async () => {
    const files = new MemoryFiles();
    const window = new Window(files);
    await window.save(asked("q1"), asked("secret-question", "q1"));
    await window.save({ type: "deleted", id: "secret-question" });
    await new Window(files).open();
    assert.doesNotMatch(Buffer.from(files.files.get(file)?.bytes ?? []).toString(), /secret/);
  });

  it("row 63: writes everything anew when the disk is no longer full", async () => {
    const files = new MemoryFiles();
    const window = new Window(files);
    await window.save(asked("q1"));
    files.isFull = true;
    await assert.rejects(window.save(asked("q2", "q1")));
    files.isFull = false;
    await window.save(asked("q3", "q2"));
    await window.open();
    assert.deepEqual(ids(window.conversation), ["q1", "q2", "q3"]);
  });

  it("writes a conversation as a whole that another window deleted while it was open", async () => {
    const files = new MemoryFiles();
    const window = new Window(files);
    await window.save(asked("q1"));
    await files.remove(file);
    await window.save(asked("q2", "q1"));
    await window.open();
    assert.deepEqual(ids(window.conversation), ["q1", "q2"]);
  });

  it("changes one that is not open, after mending its end, and says when there is none", async () => {
    const files = new MemoryFiles();
    await new Window(files).save(asked("q1"));
    await files.append(file, Buffer.from("1 100 torn"));
    const other = new Window(files);
    assert.equal(await other.store.change("c", { type: "renamed", title: "New" }), true);
    assert.equal(await other.store.change("none", { type: "renamed", title: "New" }), false);
    await other.open();
    assert.equal(other.conversation.title, "New");
  });
});
