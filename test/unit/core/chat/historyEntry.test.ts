import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Answer,
  changeConversation,
  type Conversation,
  type ConversationChange,
  emptyConversation,
  findAnswer,
} from "../../../../src/core/chat/conversation.ts";
import {
  decodeEntry,
  type HistoryEntry,
  joinGrowth,
  replayEntries,
  toJson,
  withInterruptions,
} from "../../../../src/core/chat/historyEntry.ts";
import { answer, question } from "./samples.ts";

const roundTrip = (entry: HistoryEntry): HistoryEntry =>
  decodeEntry(JSON.parse(JSON.stringify(toJson(entry))));

/** Records as JSON and the code itself make them: with a prototype. */
function plain<T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record<T>(model, { noNullPrototype: true });
}

const text = fc.string({ unit: "binary", maxLength: 20 });
const ids = fc.constantFrom("a0", "a1", "a2");
const request = plain({
  key: text,
  body: text,
  bodyHash: text,
  baseUrl: text,
  tokenFingerprint: text,
  stream: fc.boolean(),
});
const outcome: fc.Arbitrary<Answer["outcome"]> = fc.oneof(
  fc.constant({ type: "running" } as const),
  plain({ type: fc.constant("complete" as const), truncated: fc.boolean() }),
  fc.constant({ type: "cancelled" } as const),
  plain({
    type: fc.constant("failed" as const),
    failure: plain({ kind: text, message: text, requestId: fc.option(text, { nil: undefined }) }),
  }),
);
const change: fc.Arbitrary<ConversationChange> = fc.oneof(
  plain({ type: fc.constant("asked" as const), message: text.map((id) => question(id, undefined, id)) }),
  plain({ type: fc.constant("answerStarted" as const), answer: ids.map((id) => answer(id, "q")) }),
  plain({
    type: fc.constant("answerGrew" as const),
    id: ids,
    content: text,
    reasoning: text,
    refusal: text,
  }),
  plain({
    type: fc.constant("answerUpdated" as const),
    id: ids,
    fields: fc.record(
      { outcome, request: fc.option(request, { nil: undefined }), content: text },
      { requiredKeys: [], noNullPrototype: true },
    ),
  }),
  plain({ type: fc.constant("branchChosen" as const), leafId: ids }),
);

function apply(changes: readonly ConversationChange[]): Conversation {
  return changes.reduce(changeConversation, emptyConversation("c", 1));
}

describe("the history of a conversation", () => {
  it("written as changes, comes back as it was", () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
        const start: HistoryEntry = { type: "conversation", conversation: emptyConversation("c", 1) };
        const entries = [start, ...changes.map((one) => ({ type: "change", change: one }) as const)];
        assert.deepEqual(replayEntries(entries.map(roundTrip)), apply(changes));
      }),
    );
  });

  it("written as a whole, comes back as it was", () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
        const conversation = apply(changes);
        assert.deepEqual(replayEntries([roundTrip({ type: "conversation", conversation })]), conversation);
      }),
    );
  });

  it("is the same with the pieces of an answer joined, in fewer records", () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const joined = joinGrowth(changes);
        assert.deepEqual(apply(joined), apply(changes));
        assert.ok(joined.every((one, at) => one.type !== "answerGrew" || !isSameGrowth(one, joined[at + 1])));
      }),
    );
  });

  it("takes a value away that a change takes away", () => {
    const sent = { key: "k", body: "{}", bodyHash: "", baseUrl: "", tokenFingerprint: "", stream: true };
    const changes: ConversationChange[] = [
      { type: "answerStarted", answer: answer("a", "q", { request: sent }) },
      { type: "answerUpdated", id: "a", fields: { request: undefined } },
    ];
    const entries = changes.map((one) => roundTrip({ type: "change", change: one }));
    const start: HistoryEntry = { type: "conversation", conversation: emptyConversation("c", 1) };
    const conversation = replayEntries([start, ...entries]);
    assert.ok(conversation);
    assert.equal(findAnswer(conversation, "a")?.request, undefined);
  });

  it("marks an answer that was running as interrupted, and keeps its request", () => {
    const sent = { key: "k", body: "{}", bodyHash: "", baseUrl: "", tokenFingerprint: "", stream: true };
    const running = apply([{ type: "answerStarted", answer: answer("a", "q", { request: sent }) }]);
    const found = findAnswer(withInterruptions(running), "a");
    assert.ok(found?.outcome.type === "failed");
    assert.equal(found.outcome.failure.kind, "interrupted");
    assert.deepEqual(found.request, sent);
  });

  it("without its beginning is nothing", () => {
    assert.equal(
      replayEntries([{ type: "change", change: { type: "branchChosen", leafId: "a" } }]),
      undefined,
    );
  });

  it("refuses anything that is no entry with a TypeError", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.throws(() => decodeEntry(value), TypeError);
      }),
    );
    for (const bad of [
      { type: "conversation", conversation: { id: "c" } },
      { type: "change", change: { type: "asked", message: { kind: "user" } } },
      { type: "change", change: { type: "answerUpdated", id: "a", fields: { outcome: { type: "odd" } } } },
      { type: "change", change: { type: "odd" } },
    ]) {
      assert.throws(() => decodeEntry(bad), TypeError);
    }
  });
});

function isSameGrowth(one: { readonly id: string }, next: ConversationChange | undefined): boolean {
  return next?.type === "answerGrew" && next.id === one.id;
}
