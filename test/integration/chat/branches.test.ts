import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ChatSnapshot } from "../../../src/protocol/chat.ts";
import { ApiError } from "../../../src/core/api/errors.ts";
import { deferred } from "../../../src/core/util/async.ts";
import { until } from "../until.ts";
import { done, say, sayAndWait, Stage, TestLog, text } from "./stage.ts";

/** What is shown: the words of each message, with its place among its siblings. */
function shown({ messages }: ChatSnapshot): readonly string[] {
  return messages.map((message) => {
    const words = message.kind === "user" ? message.text : message.content;
    const { branch } = message;
    return branch ? `${words} ${String(branch.index + 1)}/${String(branch.count)}` : words;
  });
}

describe("the branches of a chat", () => {
  let folder: string;
  let stage: Stage;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "valar-branches-"));
    stage = new Stage(folder, new TestLog());
  });
  afterEach(async () => {
    await stage.flush();
    stage.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  /** What the person was told. */
  const notices = () =>
    stage.events.flatMap((event) => (event.type === "notice" ? [event.error.message] : []));

  async function ask(question: string, answer: string): Promise<void> {
    stage.scripts.push(() => say(text(answer), done));
    assert.deepEqual(await stage.session.send(crypto.randomUUID(), question), { type: "accepted" });
    await stage.idle();
  }
  const idAt = async (index: number) => (await stage.snapshot()).messages[index]?.id ?? "";
  const now = async () => shown(await stage.snapshot());

  /** Follows the events alone, as a webview does. */
  function followed(snapshot: ChatSnapshot): () => readonly string[] {
    let { messages } = snapshot;
    stage.session.onDidHappen((event) => {
      if (event.type === "messageAdded") {
        messages = [...messages, event.message];
      } else if (event.type === "messagesRemoved") {
        messages = messages.filter(({ id }) => !event.ids.includes(id));
      } else if (event.type === "messagesReplaced") {
        messages = [...messages.filter(({ id }) => !event.ids.includes(id)), ...event.messages];
      } else if (event.type === "messageChanged") {
        messages = messages.map((message) => (message.id === event.message.id ? event.message : message));
      } else if (event.type === "delta") {
        messages = messages.map((message) =>
          message.kind === "answer" && message.id === event.messageId
            ? { ...message, content: message.content + event.content }
            : message,
        );
      } else if (event.type === "snapshot") {
        ({ messages } = event.snapshot);
      }
    });
    return () => shown({ ...snapshot, messages });
  }

  it("keeps the old wording when a message is edited, with its context, and goes back to it", async () => {
    const item = { kind: "file", id: "f", path: "a.ts", languageId: "typescript", text: "let a;" } as const;
    await stage.session.addContext([item]);
    await ask("one", "first");
    await ask("two", "second");
    const view = followed(await stage.snapshot());
    stage.scripts.push(() => say(text("other"), done));
    const result = await stage.session.editMessage("e", await idAt(0), "uno");
    assert.deepEqual(result, { type: "accepted" });
    await stage.idle();
    assert.deepEqual(await now(), ["uno 2/2", "other"]);
    assert.match(JSON.stringify(stage.sent.at(-1)?.messages), /uno[^]*let a;/);
    assert.doesNotMatch(JSON.stringify(stage.sent.at(-1)?.messages), /second/);
    (await stage.live()).switchBranch(await idAt(0), 0);
    assert.deepEqual(await now(), ["one 1/2", "first", "two", "second"]);
    assert.deepEqual(view(), await now());
  });

  it("answers again with another model for that answer alone, and keeps both answers", async () => {
    await ask("one", "first");
    stage.scripts.push(() => say(text("better"), done));
    const measured: (string | undefined)[] = [];
    stage.ports.fit = (branch, _fit, model) => {
      measured.push(model);
      return { type: "fits", branch };
    };
    await (await stage.live()).regenerate(await idAt(1), { model: "other/model" });
    await stage.idle();
    assert.deepEqual(measured, ["other/model"]);
    assert.deepEqual(
      stage.sent.map(({ model }) => model),
      ["m", "other/model"],
    );
    assert.deepEqual(await now(), ["one", "better 2/2"]);
    assert.equal((await stage.answer()).figures?.model, "other/model");
    (await stage.live()).switchBranch(await idAt(1), 0);
    assert.deepEqual(await now(), ["one", "first 1/2"]);
    await stage.flush();
    const next = new Stage(folder, new TestLog());
    assert.deepEqual(shown(await next.snapshot()), ["one", "first 1/2"], "after a reload too");
    next.dispose();
  });

  it("tries again with the model that was asked, whatever is set, after a reload too", async () => {
    const models = () => stage.sent.map(({ model }) => model);
    const broken = (kind: "notFound" | "network") =>
      stage.scripts.push(async function* () {
        yield text("Half");
        await Promise.resolve();
        throw new ApiError(kind, "It failed.");
      });
    await ask("one", "first");
    broken("notFound");
    await (await stage.live()).regenerate(await idAt(1), { model: "other/model" });
    await stage.idle();
    await stage.flush();
    stage.dispose();
    stage = new Stage(folder, new TestLog());
    broken("network");
    await (await stage.live()).errorAction(await idAt(1), "retry");
    await stage.idle();
    stage.scripts.push(() => say(text(" and whole"), done));
    await (await stage.live()).errorAction(await idAt(1), "retry");
    await stage.idle();
    assert.deepEqual(models(), ["other/model"], "the last one under the same key");
    assert.deepEqual(await now(), ["one", "Half and whole 3/3"]);
  });

  it("tries again with the model that was asked when nothing could be sent", async () => {
    stage.scripts.push(async function* () {
      await Promise.resolve();
      yield text("Half");
      throw new ApiError("notFound", "It failed.");
    });
    await stage.session.send("1", "one");
    await stage.idle();
    stage.refusal = new ApiError("noToken", "No API token is set.");
    await (await stage.live()).regenerate(await idAt(1), { model: "other/model" });
    stage.refusal = undefined;
    stage.scripts.push(() => say(text("better"), done));
    await (await stage.live()).errorAction(await idAt(1), "retry");
    await stage.idle();
    assert.deepEqual(
      stage.sent.map(({ model }) => model),
      ["m", "other/model"],
    );
  });

  it("deletes a message with what follows, and brings it back", async () => {
    await ask("one", "first");
    await ask("two", "second");
    const view = followed(await stage.snapshot());
    const deleted = await (await stage.live()).deleteMessage(await idAt(2));
    assert.ok(deleted);
    assert.deepEqual(await now(), ["one", "first"]);
    assert.deepEqual(view(), ["one", "first"]);
    await (await stage.live()).undoDelete(deleted.undoId);
    assert.deepEqual(await now(), ["one", "first", "two", "second"]);
    assert.deepEqual(view(), await now());
  });

  describe("with two deletions", () => {
    const all = ["one", "1", "two", "2", "three", "3", "four", "4"];
    let undoIds: readonly string[];

    beforeEach(async () => {
      for (const [at, words] of ["one", "two", "three", "four"].entries()) {
        await ask(words, String(at + 1));
      }
      const four = await (await stage.live()).deleteMessage(await idAt(6));
      const two = await (await stage.live()).deleteMessage(await idAt(2));
      assert.ok(four && two);
      undoIds = [four.undoId, two.undoId];
    });

    const undo = async (at: number) => (await stage.live()).undoDelete(undoIds[at] ?? "");

    it("takes nothing away again when the older one is undone first", async () => {
      const view = followed(await stage.snapshot());
      await undo(0);
      assert.deepEqual(await now(), all);
      await undo(1);
      assert.deepEqual(await now(), all);
      assert.deepEqual(view(), all);
    });

    it("brings back one after the other when the newer one is undone first", async () => {
      await undo(1);
      assert.deepEqual(await now(), all.slice(0, 6));
      await undo(0);
      assert.deepEqual(await now(), all);
    });

    it("leaves another wording in sight that was chosen between", async () => {
      await undo(0);
      stage.scripts.push(() => say(text("drei"), done));
      await stage.session.editMessage("e", await idAt(4), "tres");
      await stage.idle();
      const shownNow = await now();
      await undo(1);
      assert.deepEqual(await now(), shownNow);
    });

    it("keeps what one undo brought back when the host ends before the other", async () => {
      await undo(0);
      const { conversationId } = await stage.snapshot();
      await stage.flush();
      stage.dispose();
      stage = new Stage(folder, new TestLog());
      await stage.session.open(conversationId);
      assert.deepEqual(await now(), all);
    });

    it("shows all that followed when the older one was undone while an answer ran", async () => {
      stage.scripts.push((signal) => sayAndWait(signal, "…"));
      const arrived = stage.textShown();
      await stage.session.send("n", "new");
      await arrived;
      await undo(0);
      assert.equal((await now()).length, 4);
      stage.session.stop();
      await stage.idle();
      await undo(1);
      assert.deepEqual(await now(), ["one", "1", "two 1/2", ...all.slice(3)]);
    });
  });

  it("stops an answer that runs before its question is deleted", async () => {
    stage.scripts.push((signal) => sayAndWait(signal, "Half"));
    const arrived = stage.textShown();
    await stage.session.send("1", "one");
    await arrived;
    const deleted = await (await stage.live()).deleteMessage(await idAt(0));
    assert.equal(stage.session.isRunning, false);
    assert.deepEqual(await now(), []);
    await (await stage.live()).undoDelete(deleted?.undoId ?? "");
    assert.deepEqual(await now(), ["one", "Half"]);
    assert.equal((await stage.answer()).state.type, "cancelled");
  });

  it("refuses another branch while an answer runs, and says so", async () => {
    await ask("one", "first");
    stage.scripts.push((signal) => sayAndWait(signal, "…"));
    const arrived = stage.textShown();
    await stage.session.send("2", "two");
    await arrived;
    const result = await stage.session.editMessage("e", await idAt(0), "uno");
    assert.equal(result.type, "rejected");
    (await stage.live()).switchBranch(await idAt(0), 0);
    assert.equal(stage.events.at(-1)?.type, "notice");
    stage.session.stop();
    await stage.idle();
  });

  it("shows one conversation in two places, each with a box of its own", async () => {
    await ask("one", "first");
    const other = stage.place("editor-0");
    await other.open((await stage.snapshot()).conversationId);
    await other.composer.saveDraft("there");
    stage.scripts.push(() => say(text("second"), done));
    await stage.session.send("2", "two");
    await stage.idle();
    assert.deepEqual(shown(await other.snapshot(() => 0)), ["one", "first", "two", "second"]);
    assert.equal((await stage.snapshot()).draft, "");
    await other.newChat();
    assert.deepEqual(await now(), ["one", "first", "two", "second"]);
    other.dispose();
  });

  it("answers in two conversations at once", async () => {
    const other = stage.place("editor-1");
    stage.scripts.push(
      (signal) => sayAndWait(signal, "left"),
      () => say(text("right"), done),
    );
    const arrived = stage.textShown();
    await stage.session.send("1", "one");
    await arrived;
    await other.send("2", "two");
    await (await other.conversation()).flush();
    assert.equal(stage.session.isRunning, true);
    assert.deepEqual(shown(await other.snapshot(() => 0)), ["two", "right"]);
    stage.session.stop();
    await stage.idle();
    other.dispose();
  });

  it("says so when something cannot be deleted while a message is being sent", async () => {
    await ask("One?", "one");
    const gate = deferred<undefined>();
    stage.prepared = gate.promise;
    const live = await stage.live();
    stage.scripts.push(() => say(text("two"), done));
    const sending = stage.session.send("2", "Two?");
    await until(() => live.isBusy);
    assert.equal(await live.deleteMessage(await idAt(0)), undefined);
    assert.deepEqual(notices(), ["Valar is still answering."]);
    gate.resolve(undefined);
    await sending;
    await stage.idle();
  });

  it("tells of a failed answer that it has to wait for another one", async () => {
    stage.scripts.push(async function* () {
      yield text("Half");
      await Promise.resolve();
      throw new ApiError("network", "The connection was lost.");
    });
    await stage.session.send("1", "One?");
    await stage.idle();
    stage.scripts.push((signal) => sayAndWait(signal, "two"));
    const arrived = stage.textShown();
    await stage.session.send("2", "Two?");
    await arrived;
    await (await stage.live()).errorAction(await idAt(1), "retry");
    assert.deepEqual(notices(), ["Valar is still answering."]);
    stage.session.stop();
    await stage.idle();
  });

  it("brings along what a slash command stands for when a message is reworded into one", async () => {
    await ask("One?", "one");
    const item = { kind: "changes", id: "c", path: "git", languageId: "diff", text: "+ a line" } as const;
    stage.ports.expand = () => Promise.resolve({ instruction: "Write a message.", context: [item] });
    stage.scripts.push(() => say(text("done"), done));
    await stage.session.editMessage("e", await idAt(0), "/commit");
    await stage.idle();
    assert.match(JSON.stringify(stage.sent.at(-1)?.messages), /Write a message\.[^]*\+ a line/);
  });
});
