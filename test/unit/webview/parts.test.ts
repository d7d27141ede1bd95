import assert from "node:assert/strict";
import type { SendResult } from "../../../src/protocol/chat.ts";
import { figureTexts, seconds } from "../../../src/webview/figures.ts";
import { FrameScheduler } from "../../../src/webview/frameScheduler.ts";
import { Outbox } from "../../../src/webview/composer/outbox.ts";
import { SentenceReader } from "../../../src/webview/sentenceReader.ts";
import { strings } from "../../support/webviewHarness/strings.ts";
import { failure, figures } from "../../support/webviewHarness/views.ts";

describe("figureTexts", () => {
  const texts = (changes: object): string =>
    figureTexts({ ...figures, ...changes }, strings, "en")
      .map(({ text }) => text)
      .join(" · ");

  it("shows what is known", () => {
    assert.equal(
      texts({}),
      "GLM-5.1-FP8 · Now · 1,843 in (1,024 cached) · 612 out (230 reasoning) · $0.0012 · first token after 0.8 s · 71 tokens/s",
    );
  });
  it("says that a cost is unknown and leaves out the rest", () => {
    const none = {
      completionWindow: undefined,
      promptTokens: undefined,
      cachedTokens: undefined,
      completionTokens: undefined,
      reasoningTokens: undefined,
      costUsd: undefined,
      firstTokenMs: undefined,
      tokensPerSecond: undefined,
    };
    assert.equal(texts(none), "GLM-5.1-FP8 · cost unknown");
  });
  it("keeps small sums readable", () => {
    assert.match(texts({ costUsd: 0 }), /\$0\.00/);
    assert.match(texts({ costUsd: 0.000_034_5 }), /\$0\.000035|\$0\.000034/);
    assert.match(texts({ costUsd: 1.23456 }), /\$1\.2346/);
    assert.match(texts({ costUsd: 1e-9 }), /< \$0\.000001/);
    assert.equal(seconds(6120, "en"), "6.1");
    assert.equal(seconds(12_499, "en"), "12");
    assert.equal(seconds(42, "en"), "0.04");
  });
});

describe("Outbox", () => {
  type Reply = SendResult | Error;
  /** An outbox whose host answers with `replies` in turn, and all that happened. */
  function outboxWith(...replies: readonly Reply[]): {
    outbox: Outbox;
    log: string[];
    settled: Promise<void>;
  } {
    const log: string[] = [];
    const waiting = [...replies];
    let settle: () => void = () => undefined;
    const settled = new Promise<void>((resolve) => (settle = resolve));
    let ids = 0;
    const outbox = new Outbox(
      ({ clientId, text }) => {
        log.push(`send ${clientId} ${text}`);
        const reply = waiting.shift() ?? new Error("Too many");
        return reply instanceof Error ? Promise.reject(reply) : Promise.resolve(reply);
      },
      () => `id${String(++ids)}`,
      {
        changed: () => {
          if (waiting.length === 0 && outbox.messages.length === 0) settle();
        },
        taken: () => log.push("taken"),
        refused: (texts, { type }) => log.push(`${type}: ${texts.join(", ")}`),
      },
    );
    return { outbox, log, settled };
  }
  const accepted = { type: "accepted" } as const;

  it("sends one after another, each once", async () => {
    const { outbox, log, settled } = outboxWith(accepted, { type: "queued" });
    outbox.add("a");
    outbox.add("b");
    assert.deepEqual(
      outbox.messages.map(({ text }) => text),
      ["a", "b"],
    );
    await settled;
    assert.deepEqual(log, ["send id1 a", "taken", "send id2 b", "taken"]);
  });

  it("gives back what was refused, and what waited behind it", async () => {
    const { outbox, log, settled } = outboxWith({ type: "rejected", error: failure });
    outbox.add("a");
    outbox.add("b");
    await settled;
    assert.deepEqual(log, ["send id1 a", "rejected: a, b"]);
  });

  it("repeats a message that got no answer under the same id", async () => {
    const { outbox, log, settled } = outboxWith(new Error("down"), accepted, accepted);
    outbox.add("a");
    await new Promise(setImmediate);
    outbox.add("a");
    await new Promise(setImmediate);
    outbox.add("a");
    await settled;
    assert.deepEqual(log, ["send id1 a", "failed: a", "send id1 a", "taken", "send id2 a", "taken"]);
  });
});

describe("FrameScheduler", () => {
  it("works at once, then once a frame", () => {
    let count = 0;
    const frames: (() => void)[] = [];
    const scheduler = new FrameScheduler(
      () => count++,
      (callback) => frames.push(callback),
    );
    scheduler.request();
    assert.equal(count, 1);
    scheduler.request();
    scheduler.request();
    assert.equal(count, 1);
    frames.shift()?.();
    assert.equal(count, 2);
    frames.shift()?.();
    assert.equal(count, 2);
    assert.equal(frames.length, 0);
    scheduler.request();
    assert.equal(count, 3);
  });
});

describe("SentenceReader", () => {
  it("reads whole sentences, without marks and code", () => {
    const reader = new SentenceReader();
    assert.equal(reader.take("The **sum"), "");
    assert.equal(reader.take("** is `3`. And"), "The sum is 3 .");
    assert.equal(reader.take(" more\n```js\nlet a. b\n"), "And more");
    assert.equal(reader.take("```\n- see [docs](https://x.example)\n"), "see docs");
    assert.equal(reader.take("The end"), "");
    assert.equal(reader.end(), "The end");
  });
});
