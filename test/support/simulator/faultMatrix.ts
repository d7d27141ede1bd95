import { errorEnvelope } from "./apiFailure.ts";
import type { Break, CutPoint, Fault, FaultAction } from "./faults.ts";

/** Where the matrix cuts an answer when nothing else is said, in UTF-16 units of the content. */
const place = 40;
/** A shorter place, for replays that fall behind. */
const earlier = 20;

/**
 * The faults of the rows of the fault matrix that are a server's doing, by row number. Rows 1 to 4 are in
 * `network/badNetwork.ts`; the others are the client's or the editor's own.
 */
export function matrixFaults(row: number, now = new Date()): readonly Fault[] {
  return (rows[row]?.(now) ?? []).map((fault) => ({ name: `row ${row}`, ...fault }));
}

/** Rows that `matrixFaults` knows. */
export function matrixRows(): readonly number[] {
  return Object.keys(rows).map(Number);
}

type Faults = readonly Fault[];

const broken = (then: Break, at: CutPoint = { content: place }): Fault => ({
  action: { type: "break", at, then },
});
const status = (code: number, more: Partial<FaultAction & { type: "status" }> = {}): Fault => ({
  action: { type: "status", status: code, ...more },
});
const limited = (retryAfter: string): Faults => [status(429, { headers: { "Retry-After": retryAfter } })];
const insert = (raw: string, then?: Break): Faults => [
  { action: { type: "insert", at: { content: place }, raw, ...(then ? { then } : {}) } },
];
const none = { type: "none" } as const;

const serverError = JSON.stringify(errorEnvelope("server_error", "The model stopped unexpectedly."));
const usageChunk = JSON.stringify({
  id: "chatcmpl-usage",
  object: "chat.completion.chunk",
  created: 0,
  model: "zai-org/GLM-5.1-FP8",
  choices: [],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
});

const rows: Readonly<Record<number, (now: Date) => Faults>> = {
  5: () => [{ action: { type: "stall" } }],
  6: () => [{ action: { type: "reset" } }],
  7: () => [{ action: { type: "resetAfterHeaders" } }],
  8: () => [broken("reset")],
  9: () => [broken("end", {})],
  10: () => [broken("finishThenEnd", {})],
  11: () => [broken("doneOnly", {})],
  12: () => [broken("doneThenReset", {})],
  13: () => [broken("doneThenData", {})],
  14: () => [broken("stall")],
  15: () => [{ ...broken("heartbeats"), times: -1 }],
  16: () => [status(400)],
  17: () => [
    status(400, {
      envelope: errorEnvelope("idempotency_error", "This Idempotency-Key was used before with another body."),
    }),
  ],
  18: () => [status(401)],
  // The key is changed by the test while the client waits for its retry.
  19: () => [status(503)],
  20: () => [status(402)],
  21: () => [status(403), status(404)],
  22: () => [status(408)],
  23: () => [status(409)],
  24: () => [status(413)],
  25: () => limited("1"),
  26: (now) => limited(new Date(now.getTime() + 2000).toUTCString()),
  27: (now) => [...limited(new Date(now.getTime() - 60_000).toUTCString()), ...limited("soon")],
  28: () => limited("3600"),
  29: () => [
    status(429, {
      envelope: errorEnvelope("insufficient_quota", "The spend cap of your organization is reached."),
    }),
  ],
  30: () => [status(500), status(502), status(503), status(504)],
  31: () => [
    status(502, {
      body: "<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>",
    }),
  ],
  32: () => [
    status(200, {
      envelope: errorEnvelope("server_error", "The model stopped unexpectedly."),
      reserve: true,
    }),
  ],
  33: () => [{ delivery: { as: "json" }, action: none }],
  34: () => insert(`data: ${serverError}\n\n`, "end"),
  35: () => insert('data: {"id":"chatcmpl-1","choices":[{"delta":\n\n'),
  36: () => [broken("reset"), { delivery: { utf16PerChunk: 7, writeBytes: 11, writeSeed: 1 }, action: none }],
  37: () => [broken("reset"), { delivery: { as: "json" }, action: none }],
  38: () => [broken("reset"), broken("end", { content: earlier })],
  39: () => [broken("reset"), broken("finish", { content: earlier })],
  40: () => [broken("reset"), { action: { type: "differ", content: earlier } }],
  41: () => [broken("reset", { content: earlier }), broken("reset")],
  42: () => [{ delivery: { utf16PerChunk: 1, writeBytes: 1 }, action: none }],
  43: () => [
    { delivery: { lineEnding: "crlf", writeBytes: 1 }, action: none },
    { delivery: { lineEnding: "cr", writeBytes: 1 }, action: none },
  ],
  44: () => [
    { action: { type: "longLine", at: { content: place }, bytes: 10 * 1024 * 1024, field: "data" } },
  ],
  45: () => [{ ...broken("end", { bytes: 300 }), delivery: { gzip: true } }],
  46: () => insert(`data: ${usageChunk}\n\n`),
  47: () => [broken("reset", { toolArguments: 5 })],
  48: () => [broken("reset", {})],
  // The test points it at another simulator, whose journal must stay empty.
  49: () => [status(307, { headers: { Location: "http://127.0.0.1:9/v1/chat/completions" }, body: "" })],
  50: () => [broken("hold")],
  51: () => [broken("hold")],
};
