import assert from "node:assert/strict";
import { ApiError, type ApiErrorDetails, type ApiErrorKind } from "../../../../src/core/api/errors.ts";
import type { ChatEvent, Finish, Usage } from "../../../../src/core/api/types.ts";
import { ChargeWatch } from "../../../../src/core/money/chargeWatch.ts";

const usage: Usage = { promptTokens: 10, completionTokens: 5, totalTokens: 15 };
const sending: ChatEvent = { type: "phase", phase: { type: "sending" } };
const delta: ChatEvent = { type: "delta", channel: "content", text: "hello" };
const finish: Finish = {
  ...{ reason: "stop", verified: true, truncated: false, responseId: "r", model: "m" },
  ...{ requestId: "q", attempts: 1 },
};
const finished: ChatEvent = { type: "finished", finish };

/** What was charged: usage, `unknown`, or nothing. */
function charge(events: readonly ChatEvent[], error?: unknown): readonly (Usage | "unknown")[] {
  const charges: (Usage | "unknown")[] = [];
  const watch = new ChargeWatch((used) => charges.push(used ?? "unknown"));
  for (const event of events) watch.event(event);
  watch.ended(error);
  return charges;
}

const failed = (kind: ApiErrorKind, details: ApiErrorDetails = {}): ApiError =>
  new ApiError(kind, "It failed.", details);

describe("what a request is charged", () => {
  it("is its usage, once, also when the connection broke or the person left after it", () => {
    assert.deepEqual(charge([sending, delta, { type: "usage", usage }, finished]), [usage]);
    assert.deepEqual(charge([sending, delta, { type: "usage", usage }]), [usage]);
    assert.deepEqual(charge([sending, delta], failed("diverged", { replay: replayed })), [usage]);
  });

  it("is unknown for an answer that was stopped or says nothing of it", () => {
    assert.deepEqual(charge([sending]), ["unknown"]);
    assert.deepEqual(charge([sending, delta]), ["unknown"]);
    assert.deepEqual(charge([sending, delta, finished]), ["unknown"]);
  });

  it("is nothing for a request that was never sent", () => {
    assert.deepEqual(charge([]), []);
    assert.deepEqual(charge([{ type: "phase", phase: { type: "rateLimited", delayMs: 1000 } }]), []);
    assert.deepEqual(charge([], failed("noToken")), []);
  });

  it("is nothing for one that the server refused, and unknown for one it may have worked on", () => {
    for (const kind of [
      "unauthorized",
      "billing",
      "notFound",
      "quota",
      "invalidRequest",
      "tooLarge",
    ] as const) {
      assert.deepEqual(charge([sending], failed(kind)), [], kind);
    }
    for (const kind of ["timeout", "server", "network", "protocol"] as const) {
      assert.deepEqual(charge([sending], failed(kind)), ["unknown"], kind);
    }
    assert.deepEqual(charge([sending, delta], failed("unauthorized")), ["unknown"]);
    assert.deepEqual(charge([sending], failed("network", { reason: "fetch failed < ECONNREFUSED" })), []);
    assert.deepEqual(charge([sending], failed("network", { reason: "fetch failed < ECONNRESET" })), [
      "unknown",
    ]);
  });
});

const replayed: ApiErrorDetails["replay"] = {
  ...{ content: "hello", reasoning: "", refusal: "", toolCalls: [] },
  usage,
};
