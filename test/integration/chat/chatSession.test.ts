import assert from "node:assert/strict";
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ApiError, type ApiErrorDetails } from "../../../src/core/api/errors.ts";
import { type ContextItem, findAnswer } from "../../../src/core/chat/conversation.ts";
import type { ChatEvent, ShownAnswer } from "../../../src/core/api/types.ts";
import { deferred } from "../../../src/core/util/async.ts";
import { figures } from "../../../src/host/chat/messageViews.ts";
import type { AnswerView } from "../../../src/protocol/chat.ts";
import { answer } from "../../unit/core/chat/samples.ts";
import { until } from "../until.ts";
import { done, finish, say, sayAndWait, Stage, TestLog, text } from "./stage.ts";

const version = { page: "p", count: 7 };

describe("a chat session", () => {
  let folder: string;
  let log: TestLog;
  let stage: Stage;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "valar-session-"));
    log = new TestLog();
    stage = new Stage(folder, log);
  });
  afterEach(async () => {
    await stage.flush();
    stage.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it("tells what happens in order: question, answer, text, end", async () => {
    stage.scripts.push(() => say(text("Hel"), text("lo"), done));
    assert.deepEqual(await stage.session.send("1", "Hi"), { type: "accepted" });
    await stage.idle();
    const kinds = stage.events.map((event) => event.type).filter((type) => type !== "composer");
    assert.deepEqual([...new Set(kinds)], ["messageAdded", "title", "delta", "answerState"]);
    const shown = stage.events.map((event) => (event.type === "delta" ? event.content : "")).join("");
    assert.equal(shown, "Hello");
    const answer = await stage.answer();
    assert.equal(answer.content, "Hello");
    assert.deepEqual(answer.state, { type: "complete", truncated: false });
  });

  it("row 51: takes one press of Send once, and lets another wait while it answers", async () => {
    stage.scripts.push((signal) => sayAndWait(signal, "…"));
    const shown = stage.textShown();
    await stage.session.send("1", "Hi");
    await shown;
    assert.deepEqual(await stage.session.send("1", "Hi"), { type: "accepted" });
    assert.deepEqual(await stage.session.send("2", "Ho"), { type: "queued" });
    assert.equal(stage.sent.length, 1);
    stage.session.stop();
    await stage.idle();
    assert.equal((await stage.answer()).state.type, "cancelled");
    assert.equal((await stage.answer()).content, "…");
  });

  it("has nothing in its box of what was on its way when its page went away, once that is taken", async () => {
    stage.scripts.push(() => say(text("Good"), done));
    const gate = deferred<undefined>();
    stage.ports.expand = () => gate.promise;
    const sending = stage.session.send("1", "Hi");
    await stage.session.saveDraft({ text: "", version, sending: [{ clientId: "1", text: "Hi" }] });
    assert.equal((await stage.snapshot()).draft, "Hi");
    gate.resolve(undefined);
    await stage.session.sendsSettled();
    assert.equal((await stage.snapshot()).draft, "");
    assert.deepEqual(await sending, { type: "accepted" });
  });

  it("sends no command that is about code where there is none, and keeps it", async () => {
    stage.ports.expand = () => Promise.resolve({ instruction: "Fix it.", context: [], needsCode: "/fix" });
    await stage.session.composer.saveDraft("/fix");
    const result = await stage.session.send("1", "/fix");
    assert.ok(result.type === "rejected");
    assert.equal(result.error.message, "There is no code for /fix.");
    assert.equal((await stage.snapshot()).draft, "/fix");
    assert.equal(stage.sent.length, 0);
    stage.scripts.push(
      () => say(text("Good"), done),
      () => say(text("Better"), done),
    );
    await stage.session.addContext([
      { kind: "file", id: "f", path: "a.ts", languageId: "typescript", text: "let a;" },
    ]);
    await stage.session.send("1", "/fix");
    await stage.idle();
    // It may be about what was shown before.
    await stage.session.send("2", "/fix");
    await stage.idle();
    assert.equal(stage.sent.length, 2);
  });

  it("changes nothing when a message cannot be prepared", async () => {
    stage.refusal = new ApiError("noToken", "No API token is set.");
    await stage.session.composer.saveDraft("Hi");
    const result = await stage.session.send("1", "Hi");
    assert.equal(result.type, "rejected");
    const { messages, draft } = await stage.snapshot();
    assert.deepEqual([messages, draft], [[], "Hi"]);
  });

  it("takes no more out of the box than what it sends", async () => {
    stage.scripts.push(() => say(text("Good"), done));
    await stage.session.saveDraft({ text: "and then", version, sending: [{ clientId: "1", text: "Hi" }] });
    assert.equal((await stage.snapshot()).draft, "Hi\nand then");
    await stage.session.send("1", "Hi");
    assert.equal((await stage.snapshot()).draft, "and then");
    await stage.session.saveDraft({ text: "and then?", version, sending: [{ clientId: "1", text: "Hi" }] });
    assert.equal((await stage.snapshot()).draft, "and then?");
    await stage.idle();
  });

  it("keeps its conversation when a draft comes before that was read", async () => {
    stage.scripts.push(() => say(text("Good"), done));
    await stage.session.send("1", "Hi");
    await stage.idle();
    await stage.flush();
    stage.dispose();
    stage = new Stage(folder, log);
    await stage.session.saveDraft({ text: "typed at once", version, sending: [] });
    const { messages, draft, draftVersion } = await stage.snapshot();
    assert.deepEqual([messages.length, draft, draftVersion], [2, "typed at once", version]);
    await stage.flush();
    stage.dispose();
    stage = new Stage(folder, log);
    assert.deepEqual((await stage.snapshot()).draftVersion, version);
  });

  it("shows a failure with what arrived, and sends the same request again on Try Again", async () => {
    stage.scripts.push(async function* () {
      yield text("Half");
      await Promise.resolve();
      throw new ApiError("network", "The connection was lost.", { requestId: "req-9" });
    });
    await stage.session.send("1", "Hi");
    await stage.idle();
    const failed = await stage.answer();
    assert.equal(failed.content, "Half");
    assert.ok(failed.state.type === "failed");
    assert.equal(failed.state.error.requestId, "req-9");
    let known: ShownAnswer | undefined;
    stage.scripts.push((_signal, shown) => {
      known = shown;
      return say(text(" and whole"), done);
    });
    await (await stage.live()).errorAction(failed.id, "retry");
    await stage.idle();
    assert.equal(known?.content, "Half");
    assert.equal((await stage.answer()).content, "Half and whole");
    assert.deepEqual(stage.keys, ["key-1", "key-1"]);
  });

  it("knows an answer's request id while it runs, and when it was stopped or broke off nameless", async () => {
    const responded = { type: "responded", requestId: "req-3" } as const;
    const known = async () => {
      const { current } = await stage.live();
      return findAnswer(current, (await stage.answer()).id)?.requestId;
    };
    stage.scripts.push(async function* (signal) {
      yield responded;
      yield* sayAndWait(signal, "Half");
    });
    const arrived = stage.textShown();
    await stage.session.send("1", "Hi");
    await arrived;
    assert.equal(await known(), "req-3");
    stage.session.stop();
    await stage.idle();
    assert.equal(await known(), "req-3");
    stage.scripts.push(async function* () {
      yield responded;
      await Promise.resolve();
      throw new ApiError("network", "The connection was lost.");
    });
    await stage.session.send("2", "Hi");
    await stage.idle();
    assert.equal(await known(), "req-3");
  });

  it("lets go of what it was still opening when it is closed", async () => {
    await stage.session.send("1", "Hi");
    await stage.idle();
    const { id } = (await stage.live()).current;
    await stage.session.newChat();
    await until(() => stage.conversations.find(id) === undefined);
    const closed = stage.place("editor-1");
    const opening = closed.open(id);
    const fresh = (await closed.conversation()).current.id;
    closed.dispose();
    await opening;
    const loading = stage.place("view");
    const loaded = loading.conversation();
    loading.dispose();
    const shown = await stage.live();
    assert.equal(await loaded, shown);
    await until(() => [id, fresh].every((one) => stage.conversations.find(one) === undefined));
    await stage.session.newChat();
    await until(() => stage.conversations.find(shown.current.id) === undefined);
  });

  it("asks with a new key after a failure that reached no model", async () => {
    stage.scripts.push(async function* (): AsyncGenerator<ChatEvent, void> {
      await Promise.resolve();
      yield { type: "phase", phase: { type: "sending" } };
      throw new ApiError("unauthorized", "Incorrect API key.");
    });
    await stage.session.send("1", "Hi");
    await stage.idle();
    stage.scripts.push(() => say(text("Yes"), done));
    await (await stage.live()).errorAction((await stage.answer()).id, "retry");
    await stage.idle();
    assert.deepEqual(stage.keys, ["key-1", "key-2"]);
    assert.equal((await stage.snapshot()).messages.length, 2);
  });

  it("keeps a finished answer when another cannot be asked for", async () => {
    stage.scripts.push(() => say(text("Good"), done));
    await stage.session.send("1", "Hi");
    await stage.idle();
    const before = await stage.answer();
    stage.refusal = new ApiError("noToken", "No API token is set.");
    await (await stage.live()).regenerate(before.id);
    assert.deepEqual(await stage.answer(), before);
  });

  it("row 53: comes back after the host ended in mid-answer, as interrupted, and recovers under the same key", async () => {
    stage.scripts.push((signal) => sayAndWait(signal, "Half"));
    const shown = stage.textShown();
    await stage.session.send("1", "Hi");
    await shown;
    await stage.session.composer.saveDraft("next thought");
    await stage.flush();
    stage.dispose();

    const next = new Stage(folder, log);
    stage = next;
    const snapshot = await next.snapshot();
    assert.equal(snapshot.draft, "next thought");
    const interrupted = await next.answer();
    assert.equal(interrupted.content, "Half");
    assert.ok(interrupted.state.type === "failed");
    assert.deepEqual(
      interrupted.state.error.actions.map((action) => action.id),
      ["recover"],
    );
    next.scripts.push(() => say(text(" is whole"), done));
    await (await next.live()).errorAction(interrupted.id, "recover");
    await next.idle();
    const { content, figures } = await next.answer();
    assert.equal(content, "Half is whole");
    assert.ok(figures !== undefined && figures.firstTokenMs === undefined, "a replay has no speed");
    assert.deepEqual(next.keys, ["key-1"]);
  });

  it("starts a new chat while the old one goes on, and comes back to it", async () => {
    stage.scripts.push(async function* (signal) {
      yield text("old");
      yield* sayAndWait(signal, " and");
    });
    const shown = stage.textShown();
    await stage.session.send("1", "Hi");
    await shown;
    const old = (await stage.snapshot()).conversationId;
    await stage.session.newChat();
    assert.deepEqual((await stage.snapshot()).messages, []);
    assert.equal(stage.events.at(-1)?.type, "snapshot");
    assert.equal(stage.session.isRunning, false);
    await stage.session.open(old);
    assert.equal(stage.session.isRunning, true);
    assert.equal((await stage.answer()).content.startsWith("old"), true);
    stage.session.stop();
    await stage.idle();
    assert.equal((await stage.answer()).state.type, "cancelled");
  });

  /** A finished conversation with one answer, and the path of its file. */
  async function storedConversation(): Promise<string> {
    stage.scripts.push(() => say(text("kept"), done));
    await stage.session.send("1", "Hi");
    await stage.idle();
    await stage.flush();
    const name = (await readdir(folder)).find((file) => file.endsWith(".log"));
    assert.ok(name);
    return path.join(folder, name);
  }

  it("row 62: loses a torn last record alone, sets it aside and goes on", async () => {
    const file = await storedConversation();
    await appendFile(file, '1 5000 abcdef {"type":"change","cha');
    const next = new Stage(folder, log);
    assert.equal((await next.answer()).content, "kept");
    assert.match(await readFile(`${file}.damaged`, "utf8"), /^1 5000 abcdef/);
    assert.match(log.lines.join(), /damaged end of 35 bytes; it is set aside/);
    next.scripts.push(() => say(text("more"), done));
    await next.session.send("2", "And?");
    await next.idle();
    await next.flush();
    next.dispose();
    const last = new Stage(folder, log);
    assert.equal((await last.snapshot()).messages.length, 4);
    assert.equal((await last.answer()).content, "more");
    last.dispose();
  });

  it("opens empty when its file is damaged from the start, and leaves the file", async () => {
    const file = await storedConversation();
    await writeFile(file, "something else");
    const next = new Stage(folder, log);
    assert.deepEqual((await next.snapshot()).messages, []);
    next.dispose();
    assert.equal(await readFile(file, "utf8"), "something else");
  });

  it("writes a conversation of many records anew when it is opened, with nothing lost", async () => {
    const file = await storedConversation();
    for (let index = 0; index < 250; index++) {
      await stage.session.composer.saveDraft("x");
      stage.scripts.push(() => say(text(`answer ${String(index)}`), done));
      await stage.session.send(`many ${String(index)}`, "More");
      await stage.idle();
    }
    await stage.flush();
    const before = (await readFile(file, "utf8")).split("\n").length;
    const next = new Stage(folder, log);
    assert.equal((await next.snapshot()).messages.length, 502);
    const after = (await readFile(file, "utf8")).split("\n").length;
    assert.ok(before > 250 && after === 2, `${String(before)} and ${String(after)} lines`);
    next.dispose();
  });

  describe("when a replay differs from what is shown", () => {
    const replay = { content: "Quite another", reasoning: "", refusal: "", toolCalls: [], usage: undefined };

    async function diverge(details: ApiErrorDetails): Promise<AnswerView> {
      stage.scripts.push(async function* () {
        yield text("Half an ans");
        await Promise.resolve();
        throw new ApiError("diverged", "The answer sent again differs from what is shown.", details);
      });
      await stage.session.send("1", "Hi");
      await stage.idle();
      return stage.answer();
    }
    const actionsOf = ({ state }: AnswerView) =>
      state.type === "failed" ? state.error.actions.map(({ id }) => id) : [];

    it("keeps what is shown, and adds the other answer when asked to, without a request", async () => {
      const frozen = await diverge({ replay: { ...replay, finish } });
      assert.equal(frozen.content, "Half an ans");
      assert.deepEqual(actionsOf(frozen), ["showOther", "retry", "showLog"]);
      await (await stage.live()).errorAction(frozen.id, "showOther");
      const [, first, second] = (await stage.snapshot()).messages;
      assert.ok(first?.kind === "answer" && second?.kind === "answer");
      assert.deepEqual([first.id, first.content], [frozen.id, "Half an ans"]);
      assert.deepEqual(actionsOf(first), ["retry", "showLog"]);
      assert.equal(second.content, "Quite another");
      assert.deepEqual(second.state, { type: "complete", truncated: false });
      assert.deepEqual(stage.keys, ["key-1"]);
      await (await stage.live()).errorAction(frozen.id, "showOther");
      assert.equal((await stage.snapshot()).messages.length, 3);
    });

    it("sends only the other answer along with the next question", async () => {
      const frozen = await diverge({ replay: { ...replay, finish } });
      await (await stage.live()).errorAction(frozen.id, "showOther");
      stage.scripts.push(() => say(text("ok"), done));
      await stage.session.send("2", "Go on");
      await stage.idle();
      const contents = stage.sent
        .at(-1)
        ?.messages.slice(1)
        .map(({ content }) => content);
      assert.deepEqual(contents, ["Hi", "Quite another", "Go on"]);
    });

    it("answers the question anew, in place of both, on Regenerate of the other answer", async () => {
      const frozen = await diverge({ replay: { ...replay, finish } });
      await (await stage.live()).errorAction(frozen.id, "showOther");
      stage.scripts.push(() => say(text("New"), done));
      await (await stage.live()).regenerate((await stage.answer()).id);
      await stage.idle();
      const { messages } = await stage.snapshot();
      assert.deepEqual(
        messages.map((message) => (message.kind === "answer" ? message.content : message.text)),
        ["Hi", "New"],
      );
      assert.deepEqual(stage.keys, ["key-1", "key-2"]);
    });

    it("still has the other answer after a reload", async () => {
      await diverge({ replay: { ...replay, finish: { ...finish, truncated: true } } });
      await stage.flush();
      stage.dispose();
      stage = new Stage(folder, log);
      const frozen = await stage.answer();
      assert.deepEqual(actionsOf(frozen), ["showOther", "retry", "showLog"]);
      await (await stage.live()).errorAction(frozen.id, "showOther");
      const other = await stage.answer();
      assert.equal(other.content, "Quite another");
      assert.deepEqual(other.state, { type: "complete", truncated: true });
    });

    it("fetches the rest of another answer that broke off, under the same key", async () => {
      const frozen = await diverge({ replay });
      await (await stage.live()).errorAction(frozen.id, "showOther");
      const other = await stage.answer();
      assert.deepEqual(actionsOf(other), ["retry", "showLog"]);
      let known: ShownAnswer | undefined;
      stage.scripts.push((_signal, shown) => {
        known = shown;
        return say(text(" answer"), done);
      });
      await (await stage.live()).errorAction(other.id, "retry");
      await stage.idle();
      assert.equal(known?.content, "Quite another");
      assert.equal((await stage.answer()).content, "Quite another answer");
      assert.deepEqual(stage.keys, ["key-1", "key-1"]);
    });

    it("offers nothing of the kind when the replay was empty-handed", async () => {
      assert.deepEqual(actionsOf(await diverge({})), ["retry", "showLog"]);
    });
  });

  describe("with a format for answers", () => {
    const systemPrompt = () => {
      const first = stage.sent.at(-1)?.messages[0];
      assert.ok(first?.role === "system");
      return first.content;
    };

    it("asks for it, and tells the model no Markdown", async () => {
      stage.responseFormat = { type: "json_object" };
      stage.scripts.push(() => say(text("{}"), done));
      await stage.session.send("1", "Hi");
      await stage.idle();
      assert.deepEqual(stage.sent.at(-1)?.responseFormat, { type: "json_object" });
      assert.match(systemPrompt(), /JSON alone/);
      assert.doesNotMatch(systemPrompt(), /in Markdown/);
      assert.equal((await stage.answer()).isJson, true);
      await stage.flush();
      stage.dispose();
      stage = new Stage(folder, log);
      assert.equal((await stage.answer()).isJson, true, "after a reload too");
    });

    it("asks for prose all the same when code is to be explained, again too", async () => {
      stage.responseFormat = { type: "json_object" };
      stage.scripts.push(() => say(text("It adds."), done));
      await stage.session.send("1", "Explain this code.", { context: [] });
      await stage.idle();
      assert.equal(stage.sent.at(-1)?.responseFormat, undefined);
      assert.equal((await stage.answer()).isJson, undefined);
      await stage.flush();
      stage.dispose();
      stage = new Stage(folder, log);
      stage.responseFormat = { type: "json_object" };
      stage.scripts.push(() => say(text("It sums."), done));
      await (await stage.live()).regenerate((await stage.answer()).id);
      await stage.idle();
      assert.equal(stage.sent.length, 1);
      assert.equal(stage.sent.at(-1)?.responseFormat, undefined);
      assert.match(systemPrompt(), /in Markdown/);
    });
  });

  it("attaches context to one message", async () => {
    const item = {
      kind: "selection" as const,
      id: "i",
      path: "a.ts",
      languageId: "typescript",
      startLine: 1,
      endLine: 2,
      text: "let a;",
    };
    await stage.session.addContext([item]);
    await stage.session.addContext([{ ...item, id: "j" }]);
    assert.deepEqual(
      (await stage.snapshot()).composer.context.map(({ id }) => id),
      ["j"],
    );
    stage.scripts.push(() => say(text("a"), done));
    await stage.session.send("1", "What?");
    await stage.idle();
    assert.match(JSON.stringify(stage.sent[0]?.messages), /let a;/);
    assert.deepEqual((await stage.snapshot()).composer.context, []);
  });

  it("says that the content filter ended an answer, also after a reload", async () => {
    const filtered: ChatEvent = { type: "finished", finish: { ...finish, reason: "content_filter" } };
    stage.scripts.push(() => say(text("Half"), filtered));
    await stage.session.send("1", "Hi");
    await stage.idle();
    const state = { type: "complete", truncated: false, filtered: true };
    assert.deepEqual((await stage.answer()).state, state);
    await stage.flush();
    const next = new Stage(folder, log);
    assert.deepEqual((await next.answer()).state, state);
    next.dispose();
  });

  it("tells that a conversation could not be read", async () => {
    const file = await storedConversation();
    await writeFile(file, "something else");
    const next = new Stage(folder, log);
    assert.deepEqual((await next.snapshot()).messages, []);
    assert.equal(next.unreadable, 1);
    next.dispose();
    assert.equal(stage.unreadable, 0);
  });

  it("tells a speed of an answer that took a while to come, and none of one that came at once", () => {
    const speed = (firstTokenMs: number | undefined, totalMs: number) =>
      figures(
        answer("a", "q", {
          usage: { promptTokens: 1, completionTokens: 50, totalTokens: 51 },
          timing: { firstTokenMs, reasoningMs: undefined, totalMs },
        }),
        { modelName: (id) => id, costOf: () => undefined },
      )?.tokensPerSecond;
    assert.equal(speed(300, 800), 100);
    assert.equal(speed(300, 400), 500);
    assert.equal(speed(300, 399), undefined);
    assert.equal(speed(undefined, 800), undefined);
  });

  it("puts what was written elsewhere behind its own draft", async () => {
    const item = { kind: "file", id: "f", path: "a.ts", languageId: "typescript", text: "let a;" } as const;
    await stage.session.saveDraft({ text: "own", version, sending: [] });
    await stage.session.appendDraft("other", [item]);
    const { draft, draftVersion, composer } = await stage.snapshot();
    assert.deepEqual([draft, composer.context.map(({ id }) => id)], ["own\nother", ["f"]]);
    assert.deepEqual(draftVersion, { page: "p", count: 8 }, "newer than the page's");
    const told = stage.events.find((event) => event.type === "draft");
    assert.deepEqual(told, { type: "draft", text: "own\nother", added: "other" });
  });

  describe("with a model that takes no images", () => {
    const image: ContextItem = {
      kind: "image",
      id: "i",
      name: "a.png",
      url: "data:image/png;base64,AA==",
      width: 1,
      height: 1,
      bytes: 1,
    };

    it("leaves out those of earlier messages and tells so once, but refuses one of the message itself", async () => {
      await stage.session.addContext([image]);
      stage.scripts.push(
        () => say(text("seen"), done),
        () => say(text("two"), done),
        () => say(text("three"), done),
      );
      await stage.session.send("1", "Look");
      await stage.idle();
      assert.match(JSON.stringify(stage.sent[0]?.messages), /base64/);
      stage.model = "blind";
      for (const id of ["2", "3"]) {
        assert.deepEqual(await stage.session.send(id, "And?"), { type: "accepted" });
        await stage.idle();
      }
      assert.doesNotMatch(JSON.stringify(stage.sent[2]?.messages), /base64/);
      assert.deepEqual(stage.told, ["blind takes no images. Those of earlier messages are left out: 1."]);
      await stage.session.addContext([image]);
      const result = await stage.session.send("4", "Look");
      assert.ok(result.type === "rejected");
      assert.match(result.error.message, /^blind takes no images\. Choose another model/);
      assert.deepEqual(
        stage.session.composer.context.map(({ id }) => id),
        ["i"],
      );
    });
  });
});
