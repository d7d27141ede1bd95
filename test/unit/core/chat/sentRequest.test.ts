import assert from "node:assert/strict";
import fc from "fast-check";
import { requestBody } from "../../../../src/core/api/requestBody.ts";
import type { ChatMessage, PreparedRequest } from "../../../../src/core/api/types.ts";
import {
  foldRequest,
  neededMessages,
  type SentMessage,
  type SentRequest,
  unfoldBody,
} from "../../../../src/core/chat/sentRequest.ts";

const prepared = (body: string, key: string): PreparedRequest => ({
  ...{ key, body, bodyHash: "hash", baseUrl: "https://api.example/v1" },
  ...{ tokenFingerprint: "print", stream: true },
});

/** Folds one request after the other, as a conversation does. */
function foldAll(bodies: readonly string[], keys: (at: number) => string = String) {
  const pool: SentMessage[] = [];
  const sents: SentRequest[] = [];
  for (const [at, body] of bodies.entries()) {
    const { sent, added } = foldRequest(prepared(body, keys(at)), pool);
    sents.push(sent);
    pool.push(...added);
  }
  return { pool, sents };
}

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom('"messages":[', "],", "[{", "}]", '\\"', "\\", "a", "b"),
);
const message: fc.Arbitrary<ChatMessage> = fc.oneof(
  text.map((content) => ({ role: "system", content }) as const),
  text.map((content) => ({ role: "assistant", content }) as const),
  fc
    .array(
      fc.oneof(
        text.map((one) => ({ type: "text", text: one }) as const),
        text.map((url) => ({ type: "image", url }) as const),
      ),
      { maxLength: 3 },
    )
    .map((content) => ({ role: "user", content }) as const),
);
const body = fc
  .record({
    model: text,
    messages: fc.array(message, { maxLength: 6 }),
    metadata: fc.dictionary(text, text, { noNullPrototype: true, maxKeys: 2 }),
    stream: fc.boolean(),
  })
  .map(requestBody);

describe("what was sent", () => {
  it("comes back to the byte, for any sequence of requests", () => {
    fc.assert(
      fc.property(fc.array(body, { maxLength: 6 }), fc.boolean(), (bodies, isSameKey) => {
        const { pool, sents } = foldAll(bodies, (at) => (isSameKey ? "one-and-the-same" : `key ${at}`));
        assert.deepEqual(
          sents.map((sent) => unfoldBody(sent, pool)),
          bodies,
        );
        assert.equal(new Set(pool.map(({ id }) => id)).size, pool.length);
      }),
    );
  });

  it("comes back to the byte even when it is no request at all", () => {
    const odd = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.json(),
      fc.tuple(text, fc.array(text)).map(([head, rest]) => `{"messages":[${head}${rest.join(",")}`),
      fc.array(text).map((all) => `{"messages":[${all.join(",")}]}`),
    );
    fc.assert(
      fc.property(fc.array(odd, { maxLength: 4 }), (bodies) => {
        const { pool, sents } = foldAll(bodies);
        assert.deepEqual(
          sents.map((sent) => unfoldBody(sent, pool)),
          bodies,
        );
      }),
    );
  });

  it("takes no more room than the conversation, though every request repeats it", () => {
    const turn = (at: number): ChatMessage[] => [
      { role: "user", content: `question ${at} ${"x".repeat(500)}` },
      { role: "assistant", content: `answer ${at} ${"y".repeat(500)}` },
    ];
    const sizeOf = (turns: number) => {
      const messages: ChatMessage[] = [{ role: "system", content: "be brief" }];
      const bodies: string[] = [];
      for (let at = 0; at < turns; at++) {
        messages.push(...turn(at));
        bodies.push(requestBody({ model: "m", messages: messages.slice(0, -1), stream: true }));
      }
      const folded = foldAll(bodies, (at) => `${String(at).padStart(8, "0")}-key`);
      assert.equal(folded.pool.length, 2 * turns, "each message once, the last answer not sent");
      return JSON.stringify(folded).length;
    };
    assert.ok(sizeOf(80) < 2.1 * sizeOf(40), "linear");
  });

  it("keeps a text once, also after another beginning", () => {
    const long = "z".repeat(1000);
    const bodies = ["one", "two", "three"].map((content) =>
      requestBody({
        model: "m",
        messages: [
          { role: "system", content },
          { role: "user", content: long },
        ],
      }),
    );
    assert.equal(JSON.stringify(foldAll(bodies).pool).split(long).length - 1, 1);
  });

  it("forgets what only forgotten requests had, and nothing else", () => {
    fc.assert(
      fc.property(fc.array(body, { maxLength: 6 }), fc.infiniteStream(fc.boolean()), (bodies, choice) => {
        const { pool, sents } = foldAll(bodies);
        const kept = sents.map((sent, at) => ({ sent, at })).filter(() => choice.next().value);
        const needed = neededMessages(
          kept.map(({ sent }) => sent),
          pool,
        );
        assert.deepEqual(
          kept.map(({ sent }) => unfoldBody(sent, needed)),
          kept.map(({ at }) => bodies[at]),
        );
        const texts = kept.map(({ at }) => bodies[at] ?? "");
        for (const { content } of needed) {
          assert.ok("sameAs" in content || texts.some((one) => one.includes(content.json)));
        }
      }),
    );
  });

  it("is unknown, not wrong, when the file lacks a part or names a circle", () => {
    const { pool, sents } = foldAll([
      requestBody({ model: "m", messages: [{ role: "system", content: "s" }] }),
    ]);
    const [sent] = sents;
    assert.ok(sent);
    assert.equal(unfoldBody(sent, []), undefined);
    const circle = pool.map((one) => ({ ...one, after: one.id }));
    assert.equal(unfoldBody(sent, circle), undefined);
  });
});
