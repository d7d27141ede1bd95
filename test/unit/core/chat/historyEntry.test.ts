import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Answer,
  changeConversation,
  type ContextItem,
  type Conversation,
  type ConversationChange,
  emptyConversation,
  findAnswer,
  textContextKinds,
} from "../../../../src/core/chat/conversation.ts";
import { requestBody } from "../../../../src/core/api/requestBody.ts";
import {
  changeEntries,
  decodeEntry,
  type HistoryEntry,
  joinGrowth,
  replayEntries,
  toJson,
  wholeEntry,
  withInterruptions,
} from "../../../../src/core/chat/historyEntry.ts";
import { foldRequest } from "../../../../src/core/chat/sentRequest.ts";
import { answer, question } from "./samples.ts";

const roundTrip = (entry: HistoryEntry): HistoryEntry =>
  decodeEntry(JSON.parse(JSON.stringify(toJson(entry))));

/** Records as JSON and the code itself make them: with a prototype. */
function plain<T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record<T>(model, { noNullPrototype: true });
}

const prepared = { key: "k", body: "{}", bodyHash: "", baseUrl: "", tokenFingerprint: "", stream: true };
const text = fc.string({ unit: "binary", maxLength: 20 });
const ids = fc.constantFrom("a0", "a1", "a2");
const request = plain({
  key: text,
  // JSON, so never empty: on disk an empty one stands for a body that `sent` gives again.
  body: fc.string({ unit: "binary", minLength: 1, maxLength: 20 }),
  bodyHash: text,
  baseUrl: text,
  tokenFingerprint: text,
  stream: fc.boolean(),
});
const sentMessage = plain({
  id: text,
  after: fc.option(text, { nil: undefined }),
  content: fc.oneof(plain({ json: text }), plain({ sameAs: text })),
});
const sent = plain({
  ...{ key: text, bodyHash: text, baseUrl: text, stream: fc.boolean(), head: text, tail: text },
  last: fc.option(text, { nil: undefined }),
});
const asked = fc.tuple(text, fc.option(ids, { nil: undefined }), fc.array(contextItem(), { maxLength: 2 }));
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
  plain({
    type: fc.constant("asked" as const),
    message: asked.map(([id, parentId, context]) => ({ ...question(id, parentId, id), context })),
  }),
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
      {
        ...{ outcome, content: text, json: fc.boolean(), ownModel: fc.boolean() },
        request: fc.option(request, { nil: undefined }),
        sent: fc.option(sent, { nil: undefined }),
      },
      { requiredKeys: [], noNullPrototype: true },
    ),
  }),
  plain({ type: fc.constant("branchChosen" as const), leafId: fc.option(ids, { nil: undefined }) }),
  plain({ type: fc.constant("deleted" as const), id: ids }),
  plain({ type: fc.constant("restored" as const), id: ids, leafId: ids }),
  plain({ type: fc.constant("renamed" as const), title: fc.option(text, { nil: undefined }) }),
  plain({ type: fc.constant("pinned" as const), pinned: fc.boolean() }),
  plain({ type: fc.constant("sent" as const), messages: fc.array(sentMessage, { maxLength: 3 }) }),
);

function contextItem(): fc.Arbitrary<ContextItem> {
  const lines = fc.record(
    { uri: text, startLine: fc.nat(), endLine: fc.nat(), cut: text },
    {
      requiredKeys: [],
      noNullPrototype: true,
    },
  );
  const file = plain({
    ...{ kind: fc.constantFrom(...textContextKinds), id: text, path: text, languageId: text, text },
  });
  const pixels = fc.option(fc.nat(), { nil: undefined });
  const image = plain({
    ...{ kind: fc.constant("image" as const), id: text, name: text, url: text, bytes: fc.nat() },
    ...{ width: pixels, height: pixels },
  });
  return fc.oneof(
    fc.tuple(file, lines).map(([one, at]) => ({ ...one, ...at })),
    image,
  );
}

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

  it("saved in any portions, and as a whole, comes back as it was, the bodies of requests included", () => {
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 5 }), { maxLength: 5 }), (portions) => {
        let conversation = emptyConversation("c", 1);
        const entries: HistoryEntry[] = [wholeEntry(conversation)];
        for (const changes of portions) {
          conversation = changes.reduce(changeConversation, conversation);
          entries.push(...changeEntries(conversation, changes));
        }
        assert.deepEqual(replayEntries(entries.map(roundTrip)), conversation);
        assert.deepEqual(replayEntries([roundTrip(wholeEntry(conversation))]), conversation);
      }),
    );
  });

  it("stores a request's body once, as what was sent", () => {
    const body = requestBody({ model: "m", messages: [{ role: "user", content: "only once" }] });
    const request = { ...prepared, body };
    const { sent, added } = foldRequest(request);
    const changes: ConversationChange[] = [
      { type: "answerStarted", answer: answer("a", "q", { request }) },
      { type: "sent", messages: added },
      { type: "answerUpdated", id: "a", fields: { sent } },
    ];
    const conversation = apply(changes);
    for (const entries of [
      [wholeEntry(emptyConversation("c", 1)), ...changeEntries(conversation, changes)],
      [wholeEntry(conversation)],
    ]) {
      assert.equal(JSON.stringify(entries.map(toJson)).split("only once").length - 1, 1);
      const read = replayEntries(entries.map(roundTrip));
      assert.deepEqual(read && findAnswer(read, "a")?.request, request);
    }
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
    const changes: ConversationChange[] = [
      { type: "answerStarted", answer: answer("a", "q", { request: prepared }) },
      { type: "answerUpdated", id: "a", fields: { request: undefined } },
    ];
    const entries = changes.map((one) => roundTrip({ type: "change", change: one }));
    const start: HistoryEntry = { type: "conversation", conversation: emptyConversation("c", 1) };
    const conversation = replayEntries([start, ...entries]);
    assert.ok(conversation);
    assert.equal(findAnswer(conversation, "a")?.request, undefined);
  });

  it("marks an answer that was running as interrupted, and keeps its request", () => {
    const running = apply([{ type: "answerStarted", answer: answer("a", "q", { request: prepared }) }]);
    const found = findAnswer(withInterruptions(running), "a");
    assert.ok(found?.outcome.type === "failed");
    assert.equal(found.outcome.failure.kind, "interrupted");
    assert.deepEqual(found.request, prepared);
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
