import assert from "node:assert/strict";
import { ApiError } from "../../../../../src/core/api/errors.ts";
import { RequestMachine } from "../../../../../src/core/api/requestMachine.ts";
import { createSseDecoder } from "../../../../../src/core/api/sse.ts";
import type { ChatEvent } from "../../../../../src/core/api/types.ts";
import { completion, streamEvents, type ModelAnswer } from "./answers.ts";
import { bytes, cutAt } from "./fakeFetch.ts";

/** Deterministic numbers in [0, 1). Source: mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const alphabet = [
  "a",
  "b",
  " ",
  "\n",
  "\r\n",
  "\r",
  "é",
  "日",
  "🎉",
  "👩‍👩‍👧",
  "\ud83d",
  "\udf89",
  "```\n",
  "\0",
  "\u2028",
  '"',
  "\\",
];

class Dice {
  readonly random: () => number;
  constructor(seed: number) {
    this.random = seededRandom(seed);
  }
  /** A whole number from 0 to `max`. */
  upTo(max: number): number {
    return Math.floor(this.random() * (max + 1));
  }
  chance(probability: number): boolean {
    return this.random() < probability;
  }
  pick<T>(options: readonly [T, ...T[]]): T {
    return options[this.upTo(options.length - 1)] ?? options[0];
  }
  text(maxLength: number): string {
    return Array.from({ length: this.upTo(maxLength) }, () => alphabet[this.upTo(alphabet.length - 1)]).join(
      "",
    );
  }
}

/**
 * Sends one random answer through random attempts: cut anywhere, in any chunking, as a stream or as JSON, now and
 * then with another text. Throws when a character is lost or doubled, or the state is wrong.
 */
export function fuzzOnce(seed: number): void {
  const dice = new Dice(seed);
  const answer: ModelAnswer = { reasoning: dice.text(12), content: dice.text(40) };
  const machine = new RequestMachine({
    random: dice.random,
    redact: (text) => text,
    tokenLimit: () => undefined,
    shown: {},
  });
  const shown = { content: "", reasoning: "", refusal: "" };
  let finished = false;
  let mayDiverge = false;
  let told = answer;
  const take = (): void => {
    for (const event of machine.take()) applyEvent(event);
  };
  const applyEvent = (event: ChatEvent): void => {
    assert.equal(finished, false, "nothing after finished");
    if (event.type === "delta") shown[event.channel] += event.text;
    if (event.type === "finished") finished = true;
  };
  for (let step = 0; step < 20; step += 1) {
    const { state } = machine;
    if (state.type === "complete") {
      assert.equal(finished, true);
      assert.equal(shown.content, told.content, "content of the attempt that completed");
      assert.equal(shown.reasoning, told.reasoning, "reasoning of the attempt that completed");
      return;
    }
    if (state.type === "failed") {
      assert.equal(finished, false);
      assert.ok(state.error instanceof ApiError);
      if (state.error.kind === "diverged") assert.ok(mayDiverge, "diverged without a reason");
      else if (!mayDiverge) assertPrefix(shown, answer);
      return;
    }
    if (state.type === "waiting") {
      machine.waited();
      continue;
    }
    if (dice.chance(0.15)) {
      told = changed(answer, dice);
      mayDiverge = true;
    } else told = answer;
    machine.sending();
    machine.responded("req");
    attempt(machine, told, dice, take);
    take();
    assert.notEqual(machine.state.type, "answering", "an attempt ends in a decision");
  }
  assert.fail("hangs");
}

function assertPrefix(shown: { content: string; reasoning: string }, answer: ModelAnswer): void {
  assert.ok(answer.content.startsWith(shown.content), "content is a beginning of the answer");
  assert.ok(answer.reasoning.startsWith(shown.reasoning), "reasoning is a beginning of the answer");
}

/** Another text, or a shorter one. */
function changed(answer: ModelAnswer, dice: Dice): ModelAnswer {
  const at = dice.upTo(answer.content.length);
  const content = answer.content.slice(0, at) + (dice.chance(0.5) ? "" : `#${answer.content.slice(at + 1)}`);
  return { ...answer, content };
}

function attempt(machine: RequestMachine, answer: ModelAnswer, dice: Dice, take: () => void): void {
  if (dice.chance(0.1)) {
    machine.broken(brokenOff());
  } else if (dice.chance(0.15)) {
    machine.completion(completion(dice.chance(0.2) ? { ...answer, finish: null } : answer));
  } else stream(machine, answer, dice, take);
}

function stream(machine: RequestMachine, answer: ModelAnswer, dice: Dice, take: () => void): void {
  const ending = dice.pick(["\n", "\n", "\r\n", "\r"]);
  const sizes = Array.from({ length: 1 + dice.upTo(5) }, () => 1 + dice.upTo(9));
  const events = streamEvents(answer, sizes).map((event) => noise(dice) + event);
  if (dice.chance(0.1)) events.splice(dice.upTo(events.length), 0, "data: {oops\n\n");
  if (dice.chance(0.1))
    events.splice(dice.upTo(events.length), 0, 'data: {"error":{"type":"server_error"}}\n\n');
  if (dice.chance(0.1)) events.push("data: {}\n\n", "junk");
  const text = (dice.chance(0.1) ? "\uFEFF" : "") + events.join("").replaceAll("\n", ending);
  const all = bytes(text);
  const kept = dice.chance(0.5) ? all.subarray(0, dice.upTo(all.length)) : all;
  const cuts = Array.from({ length: dice.upTo(12) }, () => dice.upTo(kept.length));
  const decoder = createSseDecoder((data, name) => machine.event(data, name));
  for (const piece of cutAt(kept, cuts)) {
    decoder.push(piece);
    take();
  }
  if (dice.chance(0.5)) {
    decoder.end();
    machine.ended();
  } else machine.broken(brokenOff());
}

function noise(dice: Dice): string {
  return dice.chance(0.1) ? dice.pick([": ping\n\n", "retry: 5\n", "event: chunk\n", "foo\n", "\n"]) : "";
}

function brokenOff(): { error: ApiError; transient: boolean } {
  return { error: new ApiError("network", "The connection broke off."), transient: true };
}

/** Runs `count` seeds from `firstSeed` on; the error of one that fails names its seed. */
export function fuzz(firstSeed: number, count: number): void {
  for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
    try {
      fuzzOnce(seed);
    } catch (error) {
      throw new Error(`fuzz seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }
}
