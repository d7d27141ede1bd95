import assert from "node:assert/strict";
import type { AnswerView, HostEvent } from "../../../src/protocol/chat.ts";
import { isAnswering, lastOwnMessage, reduce, stateOf } from "../../../src/webview/store.ts";
import {
  answer,
  composer as composerView,
  figures,
  question,
  running,
  snapshot,
} from "../../support/webviewHarness/views.ts";

const empty = stateOf(snapshot());
const asked = stateOf(snapshot({ messages: [question("Why?", { id: "q" }), answer("", running)] }));

function delta(content: string, reasoning = ""): HostEvent {
  return { type: "delta", messageId: "a1", content, reasoning, refusal: "" };
}

describe("reduce", () => {
  it("adds and removes messages", () => {
    const added = reduce(empty, { type: "messageAdded", message: question("Hi", { id: "m" }) });
    assert.deepEqual(
      added.messages.map(({ id }) => id),
      ["m"],
    );
    assert.equal(
      reduce(added, { type: "messageAdded", message: question("Hi", { id: "m" }) }).messages.length,
      1,
    );
    assert.deepEqual(reduce(added, { type: "messagesRemoved", ids: ["m", "x"] }).messages, []);
    const other = question("Hello", { id: "n" });
    const replaced = reduce(added, { type: "messagesReplaced", ids: ["m"], messages: [other] });
    assert.deepEqual(replaced.messages, [other]);
  });

  it("appends text to the right channel and leaves other messages the same objects", () => {
    const grown = reduce(reduce(asked, delta("One ", "why")), delta("two"));
    const last = grown.messages[1] as AnswerView;
    assert.equal(last.content, "One two");
    assert.equal(last.reasoning, "why");
    assert.equal(grown.messages[0], asked.messages[0]);
  });

  it("ignores text for an answer it does not know", () => {
    assert.equal(reduce(asked, { ...delta("x"), messageId: "other" } as HostEvent), asked);
  });

  it("ends an answer with its state and figures", () => {
    assert.equal(isAnswering(asked), true);
    const ended = reduce(asked, {
      type: "answerState",
      messageId: "a1",
      state: { type: "cancelled" },
      figures,
    });
    assert.equal(isAnswering(ended), false);
    assert.deepEqual((ended.messages[1] as AnswerView).figures, figures);
  });

  it("takes over composer, account and whole snapshots", () => {
    const composer = composerView({ effort: "low" });
    assert.equal(reduce(asked, { type: "composer", composer }).composer, composer);
    const account = { state: "signedOut", source: undefined } as const;
    assert.equal(reduce(asked, { type: "account", account }).account, account);
    assert.deepEqual(reduce(asked, { type: "snapshot", snapshot: snapshot() }), empty);
    assert.equal(reduce(asked, { type: "focusInput" }), asked);
    assert.equal(reduce(asked, { type: "find" }), asked);
  });

  it("knows the last message of the person's own", () => {
    assert.equal(lastOwnMessage(empty), undefined);
    assert.equal(lastOwnMessage(asked)?.text, "Why?");
  });
});
