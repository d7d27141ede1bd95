import assert from "node:assert/strict";
import { figureTexts, seconds } from "../../../src/webview/figures.ts";
import { FrameScheduler } from "../../../src/webview/frameScheduler.ts";
import { Sender } from "../../../src/webview/composer/sender.ts";
import { SentenceReader } from "../../../src/webview/sentenceReader.ts";
import { strings } from "../../support/webviewHarness/strings.ts";
import { figures } from "../../support/webviewHarness/views.ts";

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
  });
});

describe("Sender", () => {
  it("sends once while the first press is on its way", async () => {
    const sent: string[] = [];
    let accept: (() => void) | undefined;
    const sender = new Sender(
      ({ clientId }) => {
        sent.push(clientId);
        return new Promise((resolve) => (accept = () => resolve({ type: "accepted" })));
      },
      () => `id${sent.length}`,
    );
    const first = sender.send("a");
    assert.equal(await sender.send("a"), undefined);
    accept?.();
    assert.deepEqual(await first, { type: "accepted" });
    const next = sender.send("a");
    accept?.();
    await next;
    assert.deepEqual(sent, ["id0", "id1"]);
  });

  it("repeats a message that got no answer under the same id", async () => {
    const sent: string[] = [];
    let isDown = true;
    const sender = new Sender(
      ({ clientId, text }) => {
        sent.push(`${clientId} ${text}`);
        return isDown ? Promise.reject(new Error("down")) : Promise.resolve({ type: "accepted" });
      },
      () => `id${sent.length}`,
    );
    await assert.rejects(sender.send("a"));
    isDown = false;
    await sender.send("a");
    await sender.send("a");
    assert.deepEqual(sent, ["id0 a", "id0 a", "id2 a"]);
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
