/** Rows 8 and 36 to 41 of the fault matrix at every place and in any chunking, without a network. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { ApiError } from "../../../../src/core/api/errors.ts";
import type { ModelAnswer } from "./support/answers.ts";
import { completion, done, event, streamEvents } from "./support/answers.ts";
import {
  bytes,
  cutAt,
  fakeFetch,
  jsonResponse,
  resetError,
  sseResponse,
  type BodyEnd,
  type Exchange,
} from "./support/fakeFetch.ts";
import { failed, Scene, type Outcome } from "./support/scene.ts";

const characters = fc.constantFrom("a", "b", " ", "\n", "\r\n", "é", "世", "🎉", "👩‍👩‍👧", '"', "`", "\\n");
const texts = (maxLength: number): fc.Arbitrary<string> => fc.string({ unit: characters, maxLength });
const answers = fc.record({ reasoning: texts(20), content: texts(80) });
/** How a stream travels: sizes of its deltas, and where its bytes are cut. */
const travels = fc.record({
  sizes: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 }),
  cuts: fc.array(fc.nat(20_000), { maxLength: 20 }),
  lineEnding: fc.constantFrom("\n", "\r\n", "\r"),
});
type Travel = typeof travels extends fc.Arbitrary<infer T> ? T : never;

function streamBytes(answer: ModelAnswer, travel: Travel): Uint8Array {
  return bytes(streamEvents(answer, travel.sizes).join("").replaceAll("\n", travel.lineEnding));
}

/** The whole answer, or its first bytes and then `end`. */
function attempt(answer: ModelAnswer, travel: Travel, keep = Infinity, end: BodyEnd = "end"): Exchange {
  const all = streamBytes(answer, travel);
  return () => sseResponse(cutAt(all.subarray(0, Math.min(keep, all.length)), travel.cuts), end);
}

async function run(...script: readonly Exchange[]): Promise<Outcome> {
  const scene = new Scene({ fetch: fakeFetch(...script) });
  return scene.run(await scene.prepare());
}

function exact(outcome: Outcome, answer: ModelAnswer): void {
  assert.equal(outcome.error, undefined, outcome.error?.message);
  assert.equal(outcome.text.content, answer.content);
  assert.equal(outcome.text.reasoning, answer.reasoning);
  assert.ok(outcome.finish);
}

/** What was shown is left as it was: a beginning of the first answer. */
function frozen(outcome: Outcome, answer: ModelAnswer): ApiError {
  const error = failed(outcome, "diverged");
  assert.ok(answer.content.startsWith(outcome.text.content));
  assert.ok(answer.reasoning.startsWith(outcome.text.reasoning));
  return error;
}

const property = <T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => Promise<void>): Promise<void> =>
  fc.assert(fc.asyncProperty(arbitrary, check), { numRuns: 200 });

describe("replay", function () {
  this.timeout(60_000);
  const plain: Travel = { sizes: [4], cuts: [], lineEnding: "\n" };
  const line = "Zeile für Zeile: 世界 🎉 👩‍👩‍👧 — `code` “and so on”.\r\n";
  const twoKilobytes = { reasoning: "Let me think.", content: line.repeat(60).slice(0, 1720) };

  it("row 8: reset after every N of a 2 KB answer → exact suffix", async () => {
    assert.ok(bytes(twoKilobytes.content).length >= 2048);
    for (let n = 0; n <= twoKilobytes.content.length; n += 1) {
      const head = { ...twoKilobytes, content: twoKilobytes.content.slice(0, n), finish: null };
      // The stream up to the N-th character, without the events that end it.
      const part = streamEvents(head, [64]).slice(0, -3).join("");
      const broken = (): Response => sseResponse([bytes(part)], "reset");
      const outcome = await run(broken, attempt(twoKilobytes, plain));
      exact(outcome, twoKilobytes);
      assert.equal(outcome.finish?.attempts, 2);
    }
  });

  it("row 8: reset after every byte of a stream → exact suffix", async () => {
    const answer = { reasoning: "Hm 🤔.", content: "Grüße 世界 🎉!" };
    const all = streamBytes(answer, plain);
    const doneAt = all.length - bytes(done).length;
    for (let keep = 0; keep < all.length; keep += 1) {
      for (const end of ["reset", "end"] as const) {
        const outcome = await run(attempt(answer, plain, keep, end), attempt(answer, plain));
        exact(outcome, answer);
        if (keep < doneAt && end === "reset") assert.equal(outcome.finish?.attempts, 2);
      }
    }
  });

  it("row 36: a replay cut into other chunks is identical", () =>
    property(fc.tuple(answers, travels, travels, fc.nat(20_000)), async ([answer, one, other, keep]) => {
      exact(await run(attempt(answer, one, keep, "reset"), attempt(answer, other)), answer);
    }));

  it("row 37: a replay as JSON gives the exact suffix", () =>
    property(fc.tuple(answers, travels, fc.nat(20_000)), async ([answer, travel, keep]) => {
      exact(
        await run(attempt(answer, travel, keep, "reset"), () => jsonResponse(completion(answer))),
        answer,
      );
    }));

  it("row 38: a shorter replay that is in progress is held until it is whole", () =>
    property(
      fc.tuple(answers, travels, fc.nat(20_000), fc.nat(80), fc.boolean()),
      async ([answer, travel, keep, length, asJson]) => {
        const part = { ...answer, content: answer.content.slice(0, length), finish: null };
        const inProgress: Exchange = asJson
          ? () => jsonResponse(completion(part))
          : () => sseResponse([bytes(streamEvents(part, travel.sizes).slice(0, -2).join(""))]);
        exact(await run(attempt(answer, travel, keep, "reset"), inProgress, attempt(answer, travel)), answer);
      },
    ));

  it("row 39: a shorter replay that is complete diverges, exactly when more was shown", () =>
    property(
      fc.tuple(answers, travels, fc.nat(80), fc.nat(80), fc.boolean()),
      async ([answer, travel, shownLength, length, asJson]) => {
        const shown = { ...answer, content: answer.content.slice(0, shownLength), finish: null };
        const short = { ...answer, content: answer.content.slice(0, length) };
        const outcome = await run(
          () => sseResponse([bytes(streamEvents(shown, travel.sizes).slice(0, -3).join(""))], "reset"),
          asJson ? () => jsonResponse(completion(short)) : attempt(short, travel),
        );
        // Half of a character at the end is not shown, so it cannot be missed.
        const emitted = shown.content.replace(/[\ud800-\udbff]$/, "");
        if (emitted.length <= short.content.length) {
          exact(outcome, short);
          return;
        }
        const { details } = frozen(outcome, answer);
        assert.equal(outcome.text.content, emitted);
        assert.equal(details.replay?.content, short.content);
        assert.ok(details.replay.finish);
      },
    ));

  it("row 40: a replay that differs at character k diverges and is not spliced", () =>
    property(
      fc.tuple(answers, travels, travels, fc.nat(20_000), fc.nat(79), fc.boolean()),
      async ([answer, one, other, keep, k, asJson]) => {
        const at = Math.min(k, answer.content.length);
        const different = {
          ...answer,
          content: `${answer.content.slice(0, at)}#${answer.content.slice(at + 1)}`,
        };
        const outcome = await run(
          attempt(answer, one, keep, "reset"),
          asJson ? () => jsonResponse(completion(different)) : attempt(different, other),
        );
        if (outcome.finish?.attempts === 1) exact(outcome, answer);
        else if (outcome.error === undefined) exact(outcome, different);
        else {
          const { details } = frozen(outcome, answer);
          assert.ok(outcome.text.content.length > at);
          assert.equal(details.replay?.content, different.content);
        }
      },
    ));

  it("row 41: replays that drop again keep the longer prefix, within the budget", () =>
    property(
      fc.tuple(answers, fc.array(fc.tuple(travels, fc.nat(6_000)), { minLength: 1, maxLength: 4 })),
      async ([answer, drops]) => {
        let longest = 0;
        const scene = new Scene({
          fetch: fakeFetch(
            ...drops.map(([travel, keep]) => attempt(answer, travel, keep, "reset")),
            ...(drops.length < 4 ? [attempt(answer, plain)] : []),
          ),
        });
        const outcome = await scene.run(await scene.prepare(), {
          onEvent: (happened) => {
            if (happened.type === "delta" && happened.channel === "content") longest += happened.text.length;
          },
        });
        assert.ok(scene.sent.length <= 4);
        if (outcome.error === undefined) exact(outcome, answer);
        else {
          failed(outcome, "network");
          assert.equal(scene.sent.length, 4);
          assert.ok(answer.content.startsWith(outcome.text.content));
        }
        assert.equal(outcome.text.content.length, longest);
      },
    ));

  it("recovers after a reload from any place of what was shown", () =>
    property(
      fc.tuple(answers, travels, fc.nat(80), fc.nat(20)),
      async ([answer, travel, content, reasoning]) => {
        const shown = {
          content: answer.content.slice(0, content),
          reasoning: answer.reasoning.slice(0, reasoning),
        };
        const scene = new Scene({ fetch: fakeFetch(attempt(answer, travel)) });
        const outcome = await scene.run(await scene.prepare(), { shown });
        assert.equal(outcome.error, undefined);
        assert.equal(shown.content + outcome.text.content, answer.content);
        assert.equal(shown.reasoning + outcome.text.reasoning, answer.reasoning);
      },
    ));

  it("breaks in the middle of a replay that has diverged: frozen, with what there was", async () => {
    const answer = { reasoning: "", content: "abcdefgh" };
    const other = { reasoning: "", content: "abXdefgh" };
    const all = streamBytes(other, plain);
    const outcome = await run(
      () => sseResponse([bytes(streamEvents(answer).slice(0, 3).join(""))], "reset"),
      attempt(other, plain, all.length - 20, "reset"),
    );
    assert.equal(frozen(outcome, answer).details.replay?.finish, undefined);
  });

  it("ends when `fetch` itself ignores the cancel", async () => {
    const scene = new Scene({ fetch: fakeFetch(() => new Promise<Response>(() => undefined)) });
    const controller = new AbortController();
    const running = scene.run(await scene.prepare(), { signal: controller.signal });
    await scene.advanceUntil(0, () => scene.sent.length === 1);
    controller.abort();
    assert.equal((await running).finish, undefined);
  });

  it("ignores what it does not know, and fails on what cannot be text", async () => {
    const [first = "", ...rest] = streamEvents({ reasoning: "", content: "ok" });
    const odd = event({ choices: [], object: "ping", extra: { deep: [1] } });
    exact(await run(() => sseResponse([bytes(first + odd + rest.join(""))])), {
      reasoning: "",
      content: "ok",
    });
    const wrong = event({ choices: [{ delta: { content: { type: "text" } } }] });
    failed(await run(() => sseResponse([bytes(wrong + done)])), "protocol");
    failed(await run(() => Promise.reject(resetError())), "network");
  });
});
