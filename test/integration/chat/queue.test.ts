import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ApiError } from "../../../src/core/api/errors.ts";
import type { ChatEvent } from "../../../src/core/api/types.ts";
import { deferred } from "../../../src/core/util/async.ts";
import { ConversationFiles } from "../../../src/host/conversationFiles.ts";
import { NodeHistoryFiles } from "../../../src/host/node/nodeHistoryFiles.ts";
import type { HostEvent } from "../../../src/protocol/chat.ts";
import { until as waitUntil } from "../until.ts";
import { done, say, sayAndWait, Stage, TestLog, text } from "./stage.ts";

const item = { kind: "file", id: "f", path: "a.ts", languageId: "typescript", text: "let a;" } as const;

describe("the queue of a chat", () => {
  let folder: string;
  let stage: Stage;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "valar-queue-"));
    stage = new Stage(folder, new TestLog());
  });
  afterEach(async () => {
    await stage.flush();
    stage.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  /** Resolves with the first event that `test` accepts. */
  function until(test: (event: HostEvent) => boolean): Promise<HostEvent> {
    return new Promise((resolve) => {
      const listener = stage.session.onDidHappen((event) => {
        if (test(event)) {
          listener.dispose();
          resolve(event);
        }
      });
    });
  }
  const finished = (count: number) => {
    let left = count;
    return until((event) => event.type === "answerState" && event.state.type !== "running" && --left === 0);
  };
  const questions = () =>
    stage.sent.map(({ messages }) => JSON.stringify(messages.at(-1)?.content).slice(0, 6));
  const texts = async () => (await stage.snapshot()).queue.messages.map((message) => message.text);

  /** An answer that runs until `release`. */
  async function running(): Promise<() => void> {
    const gate = deferred<undefined>();
    stage.scripts.push(async function* (): AsyncGenerator<ChatEvent, void> {
      yield text("first");
      await gate.promise;
      yield done;
    });
    const arrived = stage.textShown();
    await stage.session.send("1", "one");
    await arrived;
    return () => gate.resolve(undefined);
  }

  /** An answer that runs until it is stopped. */
  async function runningOn(): Promise<void> {
    stage.scripts.push((signal) => sayAndWait(signal, "first"));
    const arrived = stage.textShown();
    await stage.session.send("1", "one");
    await arrived;
  }

  it("sends what waits, in order, each as it was given, when the answers before it are there", async () => {
    const release = await running();
    await stage.session.addContext([item]);
    assert.deepEqual(await stage.session.send("2", "two"), { type: "queued" });
    assert.deepEqual(await stage.session.send("2", "two"), { type: "queued" });
    assert.deepEqual((await stage.snapshot()).composer.context, []);
    assert.deepEqual(await stage.session.send("3", "three"), { type: "queued" });
    assert.deepEqual(await texts(), ["two", "three"]);
    stage.scripts.push(
      () => say(text("second"), done),
      () => say(text("third"), done),
    );
    const end = finished(3);
    release();
    await end;
    assert.deepEqual(questions(), ['"one"', '"two\\n', '"three']);
    assert.match(JSON.stringify(stage.sent[1]?.messages), /let a;/);
    assert.deepEqual(await texts(), []);
  });

  it("waits for the person after a failure, and goes on when told to", async () => {
    await runningOn();
    await stage.session.send("2", "two");
    stage.session.stop();
    await stage.idle();
    const { queue } = await stage.snapshot();
    assert.deepEqual([queue.isPaused, queue.isStopped], [true, true]);
    assert.equal(stage.sent.length, 1);
    stage.scripts.push(() => say(text("second"), done));
    const end = finished(1);
    await (await stage.live()).resumeQueue();
    await end;
    assert.deepEqual(questions(), ['"one"', '"two"']);
    assert.equal((await stage.snapshot()).queue.isPaused, false);
  });

  it("no longer says that the person stopped an answer when the next one fails", async () => {
    await runningOn();
    await stage.session.send("2", "two");
    await stage.session.send("3", "three");
    stage.session.stop();
    await stage.idle();
    stage.scripts.push(async function* () {
      await Promise.resolve();
      yield text("Half");
      throw new ApiError("notFound", "It failed.");
    });
    const end = finished(1);
    await (await stage.live()).resumeQueue();
    await end;
    await stage.idle();
    const { queue } = await stage.snapshot();
    assert.deepEqual([queue.messages.length, queue.isPaused, queue.isStopped], [1, true, undefined]);
  });

  describe("a message that is on its way", () => {
    /** Sends a message that arrives when `arrive` is called; resolves with what became of it. */
    function send(words: string): { readonly arrive: () => void; readonly result: Promise<unknown> } {
      const gate = deferred<undefined>();
      stage.ports.expand = async () => {
        await gate.promise;
        return undefined;
      };
      const result = stage.session.send(words, words);
      return { arrive: () => gate.resolve(undefined), result };
    }

    it("is not sent past those that wait once the answer is stopped, nor does it go first", async () => {
      await runningOn();
      await stage.session.send("2", "two");
      const { arrive, result } = send("three");
      await stage.live();
      stage.session.stop();
      await stage.idle();
      arrive();
      assert.deepEqual(await result, { type: "queued" });
      assert.deepEqual(await texts(), ["two", "three"]);
      assert.equal((await stage.snapshot()).queue.isPaused, true);
      assert.equal(stage.sent.length, 1);
    });

    it("waits for the person when it is the only one and the answer is stopped", async () => {
      await runningOn();
      const { arrive, result } = send("two");
      await stage.live();
      stage.session.stop();
      await stage.idle();
      arrive();
      assert.deepEqual(await result, { type: "queued" });
      const { queue } = await stage.snapshot();
      assert.deepEqual([queue.isPaused, queue.isStopped], [true, true]);
      assert.equal(stage.sent.length, 1);
    });

    it("is sent when the answer before it ended well meanwhile", async () => {
      const release = await running();
      const { arrive, result } = send("two");
      await stage.live();
      const end = finished(1);
      release();
      await end;
      stage.scripts.push(() => say(text("second"), done));
      const next = finished(1);
      arrive();
      assert.deepEqual(await result, { type: "queued" });
      await next;
      assert.deepEqual(questions(), ['"one"', '"two"']);
    });

    it("is not sent when the person stops it before its request is made", async () => {
      const { arrive, result } = send("one");
      await stage.live();
      stage.session.stop();
      arrive();
      assert.equal(((await result) as { type: string }).type, "rejected");
      assert.equal(stage.sent.length, 0);
    });
  });

  it("keeps what cannot be sent, and says why", async () => {
    const release = await running();
    await stage.session.send("2", "two");
    stage.refusal = new ApiError("noToken", "No API token is set.");
    const told = until((event) => event.type === "notice");
    release();
    const notice = await told;
    assert.ok(notice.type === "notice");
    assert.equal(notice.error.message, "No API token is set.");
    assert.deepEqual(await texts(), ["two"]);
    assert.equal((await stage.snapshot()).queue.isPaused, true);
  });

  it("sends nothing that was stopped while it was being prepared", async () => {
    const gate = deferred<undefined>();
    stage.prepared = gate.promise;
    const first = stage.session.send("1", "one");
    const live = await stage.live();
    await waitUntil(() => live.isBusy);
    assert.deepEqual(await stage.session.send("2", "two"), { type: "queued" });
    stage.session.stop();
    gate.resolve(undefined);
    const result = await first;
    assert.ok(result.type === "rejected");
    assert.equal(result.error.message, "Stopped. Nothing was sent.");
    assert.deepEqual(stage.keys, []);
    const { messages, queue } = await stage.snapshot();
    assert.deepEqual([messages.length, queue.messages.length, queue.isStopped], [0, 1, true]);
  });

  it("waits for the person when the answer asked for anew cannot be sent", async () => {
    stage.scripts.push(() => say(text("first"), done));
    await stage.session.send("1", "one");
    await stage.idle();
    const gate = deferred<undefined>();
    stage.prepared = gate.promise;
    stage.refusal = new ApiError("noToken", "No API token is set.");
    const again = (await stage.live()).regenerate((await stage.answer()).id);
    assert.deepEqual(await stage.session.send("2", "two"), { type: "queued" });
    gate.resolve(undefined);
    await again;
    assert.equal((await stage.snapshot()).queue.isPaused, true);
  });

  it("gives a message back with what was attached to it", async () => {
    const release = await running();
    stage.ports.ambient = [{ ...item, id: "open", path: "open.ts" }];
    await stage.session.addContext([item]);
    await stage.session.send("2", "two");
    const { queue } = await stage.snapshot();
    const [waiting] = queue.messages;
    assert.ok(waiting);
    assert.deepEqual(
      waiting.context.map(({ label }) => label),
      ["open.ts", "a.ts"],
    );
    assert.deepEqual(await stage.session.removeQueued(waiting.id), { text: "two" });
    const after = await stage.snapshot();
    assert.deepEqual(after.queue, { messages: [], isPaused: false });
    assert.deepEqual(
      after.composer.context.map(({ id }) => id),
      ["f"],
    );
    release();
    await stage.idle();
  });

  it("keeps what it gave back behind the draft when the host ends before the page has it", async () => {
    const release = await running();
    await stage.session.addContext([item]);
    await stage.session.send("2", "two");
    await stage.session.composer.saveDraft("next");
    const [waiting] = (await stage.snapshot()).queue.messages;
    assert.ok(waiting);
    await stage.session.removeQueued(waiting.id);
    release();
    await stage.idle();
    stage.dispose();
    stage = new Stage(folder, new TestLog());
    const { queue, draft, composer } = await stage.snapshot();
    assert.deepEqual(queue.messages, []);
    assert.equal(draft, "next\ntwo");
    assert.deepEqual(
      composer.context.map(({ id }) => id),
      ["f"],
    );
  });

  it("survives the end of the host, with draft and attached context, and sends nothing by itself", async () => {
    stage.scripts.push((signal) => sayAndWait(signal, "Half"));
    const arrived = stage.textShown();
    await stage.session.send("1", "one");
    await arrived;
    await stage.session.send("2", "two");
    await stage.session.composer.saveDraft("next");
    await stage.session.addContext([item]);
    await stage.flush();
    stage.dispose();
    stage = new Stage(folder, new TestLog());
    const { queue, draft, composer } = await stage.snapshot();
    assert.deepEqual(
      queue.messages.map((message) => message.text),
      ["two"],
    );
    assert.equal(queue.isPaused, true);
    assert.equal(draft, "next");
    assert.deepEqual(
      composer.context.map(({ id }) => id),
      ["f"],
    );
    stage.scripts.push(
      () => say(text(" and whole"), done),
      () => say(text("second"), done),
    );
    const end = finished(2);
    await (await stage.live()).errorAction((await stage.answer()).id, "recover");
    await end;
    assert.deepEqual(await texts(), []);
  });

  describe("that two windows have after a reload", () => {
    let other: Stage;
    /** What both windows sent, by its beginning. */
    const sentByAll = () =>
      [stage, other]
        .flatMap(({ keys, sent }) => sent.filter((_, at) => keys.includes(`key-${String(at + 1)}`)))
        .map(({ messages }) => JSON.stringify(messages.at(-1)?.content).slice(0, 6))
        .sort();
    const waiting = async (one: Stage) =>
      (await one.snapshot()).queue.messages.map((message) => message.text);

    beforeEach(async () => {
      stage.scripts.push((signal) => sayAndWait(signal, "Half"));
      const arrived = stage.textShown();
      await stage.session.send("1", "one");
      await arrived;
      await stage.session.send("2", "two");
      await stage.session.send("3", "three");
      await stage.flush();
      stage.dispose();
      stage = new Stage(folder, new TestLog());
      other = new Stage(folder, new TestLog());
      assert.deepEqual(await waiting(stage), ["two", "three"]);
      assert.deepEqual(await waiting(other), ["two", "three"]);
      for (const one of [stage, other]) {
        one.scripts.push(
          () => say(text("a"), done),
          () => say(text("b"), done),
        );
      }
    });
    afterEach(async () => {
      await other.flush();
      other.dispose();
    });

    it("is sent once when the person continues it in both at once, and says so where it was not", async () => {
      await Promise.all([stage, other].map(async (one) => (await one.live()).resumeQueue()));
      await waitUntil(async () => (await waiting(stage)).length + (await waiting(other)).length === 0);
      await Promise.all([stage.idle(), other.idle()]);
      assert.deepEqual(sentByAll(), ['"three', '"two"']);
      assert.match([...stage.told, ...other.told].join(), /another window/);
    });

    it("is sent once when one window is done with it before the other goes on", async () => {
      await (await stage.live()).resumeQueue();
      await waitUntil(async () => (await waiting(stage)).length === 0);
      await stage.idle();
      await (await other.live()).resumeQueue();
      await waitUntil(async () => (await waiting(other)).length === 0);
      assert.deepEqual(sentByAll(), ['"three', '"two"']);
    });

    it("sends nothing of what the other took back, and does not take back what the other sent", async () => {
      const ids = (await other.snapshot()).queue.messages.map(({ id }) => id);
      assert.deepEqual(await other.session.removeQueued(ids[0] ?? ""), { text: "two" });
      await (await stage.live()).resumeQueue();
      await waitUntil(async () => (await waiting(stage)).length === 0);
      await stage.idle();
      assert.equal(await other.session.removeQueued(ids[1] ?? ""), undefined);
      assert.deepEqual(sentByAll(), ['"three']);
      assert.equal((await other.snapshot()).draft, "two");
    });

    it("comes after an answer that both recover: its text is kept once", async () => {
      for (const one of [stage, other]) {
        one.scripts.unshift(() => say(text(" and"), text(" whole"), done));
        const live = await one.live();
        await live.errorAction((await one.answer()).id, "recover");
      }
      for (const one of [stage, other]) {
        await waitUntil(async () => (await waiting(one)).length === 0);
        await one.idle();
        await one.flush();
      }
      const { id } = (await stage.live()).current;
      const [asked] = (await stage.snapshot()).messages;
      const stored = await new ConversationFiles(new NodeHistoryFiles(folder), new TestLog()).read(id);
      const first = stored?.messages.find(({ parentId }) => parentId === asked?.id);
      assert.ok(first?.kind === "answer");
      assert.deepEqual([first.content, first.outcome.type], ["Half and whole", "complete"]);
    });

    it("keeps on disk what each of them adds", async () => {
      for (const [one, name] of [[stage, "four"] as const, [other, "five"] as const]) {
        one.scripts.unshift((signal) => sayAndWait(signal, " anew"));
        const arrived = one.textShown();
        const again = (await one.live()).errorAction((await one.answer()).id, "recover");
        await Promise.all([arrived, again]);
        await one.session.send(name, name);
      }
      await Promise.all([stage.flush(), other.flush()]);
      stage.dispose();
      stage = new Stage(folder, new TestLog());
      assert.deepEqual(await waiting(stage), ["two", "three", "four", "five"]);
    });
  });

  it("stays with its conversation when a new chat is begun, and goes on there", async () => {
    const release = await running();
    await stage.session.send("2", "two");
    const { conversationId } = await stage.snapshot();
    const live = await stage.live();
    await stage.session.newChat();
    assert.deepEqual(await texts(), []);
    stage.scripts.push(() => say(text("second"), done));
    release();
    await stage.session.open(conversationId);
    const end = live.isBusy ? finished(1) : undefined;
    await end;
    await stage.idle();
    assert.deepEqual(questions(), ['"one"', '"two"']);
  });

  it("asks what to leave out of a message that does not fit, and sends it so", async () => {
    const choices = [{ id: "dropOldest" as const, label: "Leave out", detail: "2 messages" }];
    const tooLong = { type: "tooLong" as const, promptTokens: 9, limitTokens: 5, choices };
    stage.ports.fit = (branch, fit) =>
      fit === undefined ? tooLong : { type: "fits", branch: branch.slice(-1) };
    await stage.session.composer.saveDraft("long");
    assert.deepEqual(await stage.session.send("1", "long"), tooLong);
    const { messages, draft } = await stage.snapshot();
    assert.deepEqual([messages, draft], [[], "long"]);
    stage.scripts.push(() =>
      say(
        text("ok"),
        { type: "usage", usage: { promptTokens: 7, completionTokens: 1, totalTokens: 8 } },
        done,
      ),
    );
    assert.deepEqual(await stage.session.send("1", "long", { fit: "dropOldest" }), { type: "accepted" });
    await stage.idle();
    assert.deepEqual(stage.ports.learnt, [["m", 7]]);
    assert.equal((await stage.snapshot()).draft, "");
  });

  it("sends what a slash command stands for, and shows what was typed", async () => {
    stage.ports.expand = () => Promise.resolve({ instruction: "Find bugs.", context: [item] });
    stage.scripts.push(() => say(text("none"), done));
    await stage.session.send("1", "/fix");
    await stage.idle();
    assert.match(JSON.stringify(stage.sent[0]?.messages), /Find bugs\.[^]*let a;/);
    const [first] = (await stage.snapshot()).messages;
    assert.ok(first?.kind === "user");
    assert.equal(first.text, "/fix");
  });
});
