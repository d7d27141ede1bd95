/**
 * Editing in place: the line diff of 5,000 lines, what one frame of a streaming edit computes, and, in the real
 * VS Code, how long a key takes to show while an edit streams. Run: npm run bench -- edit
 */
import { diffArrays } from "diff";
import { groupHtml } from "../../src/core/edit/groupHtml.ts";
import { toHunks, type DiffLine } from "../../src/core/edit/hunks.ts";
import { diffLines } from "../../src/core/edit/lineDiff.ts";
import { changesOf } from "../../src/core/edit/review.ts";
import { streamDiff } from "../../src/core/edit/streamDiff.ts";
import { typingLatencies } from "./editTyping.ts";

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
const ms = (value: number): string => value.toFixed(value < 10 ? 2 : 1);

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Deterministic, so that two runs compare. */
function randoms(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
}

const count = 5000;
const random = randoms(7);
const vocabulary = ["  }", "", "  return value;", "  if (ready) {", "  continue;"];
const file = Array.from({ length: count }, (_, i) =>
  random() < 0.4
    ? (vocabulary[i % vocabulary.length] ?? "")
    : `  const v${i} = read(${Math.floor(random() * 900)});`,
);
const changeSome = (part: number): string[] =>
  file.map((line) => (random() < part ? line.replace(/read|value|^$/, "other") : line));
const works: readonly (readonly [string, readonly string[]])[] = [
  ["ten lines changed", file.map((line, i) => (i % 500 === 250 ? `${line} // new` : line))],
  ["one line in ten changed", changeSome(0.1)],
  ["every second line changed", changeSome(0.5)],
  ["a third moved to the end", [...file.slice(0, 1500), ...file.slice(3000), ...file.slice(1500, 3000)]],
  ["all lines other", file.map((line, i) => `${line} // ${i}`)],
];
const rounds = 9;

console.log(`Line diff of ${count} lines, ms, median of ${rounds} interleaved rounds (budget 50)\n`);
console.log("| work | ours | `diff` alone | ours / alone |");
console.log("| --- | ---: | ---: | ---: |");
for (const [name, changed] of works) {
  const ours: number[] = [];
  const alone: number[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(timed(() => diffLines(file, changed)));
    // Without a limit it takes minutes where all lines are other; the limit is the one our gaps have.
    alone.push(timed(() => diffArrays(file, [...changed], { maxEditLength: 4000 })));
  }
  const ratio = (median(ours) / median(alone)).toFixed(2);
  console.log(`| ${name} | ${ms(median(ours))} | ${ms(median(alone))} | ${ratio} |`);
}

console.log(
  "\nOne frame of a streaming edit (changes and the zones' HTML), ms: a frame for every 30 lines (budget 16)\n",
);
console.log("| lines, one in ten changed | median frame | worst frame | all frames / diff once |");
console.log("| ---: | ---: | ---: | ---: |");
for (const size of [200, 1000, 5000]) {
  const frames = await streamFrames(file.slice(0, size), changeSome(0.1).slice(0, size));
  const once = median(
    Array.from({ length: rounds }, () =>
      timed(() => diffLines(file.slice(0, size), changeSome(0.1).slice(0, size))),
    ),
  );
  const all = frames.reduce((sum, frame) => sum + frame, 0);
  console.log(
    `| ${size} | ${ms(median(frames))} | ${ms(Math.max(...frames))} | ${(all / once).toFixed(0)} |`,
  );
}

/** What the host computes for each frame, in ms. */
async function streamFrames(old: readonly string[], answer: readonly string[]): Promise<number[]> {
  async function* arriving(): AsyncGenerator<string, void> {
    for (const line of answer) yield await Promise.resolve(line);
  }
  const streamed: DiffLine[] = [];
  const frames: number[] = [];
  for await (const line of streamDiff(old, arriving())) {
    streamed.push(line);
    if (streamed.length % 30 !== 0) continue;
    frames.push(
      timed(() =>
        changesOf(toHunks(streamed), new Map()).map((change) =>
          groupHtml(change, old, (left) => `${left} more`),
        ),
      ),
    );
  }
  return frames;
}

const { idle, streaming } = await typingLatencies();
console.log("\nFrom a key to its character in the real VS Code, ms (budget: under one frame more)\n");
console.log("| | median | 90 of 100 | worst |");
console.log("| --- | ---: | ---: | ---: |");
for (const [name, values] of [
  ["nothing streams", idle],
  ["an edit streams", streaming],
] as const) {
  const sorted = [...values].sort((a, b) => a - b);
  const ninety = sorted[Math.floor(sorted.length * 0.9)] ?? NaN;
  console.log(`| ${name} | ${ms(median(values))} | ${ms(ninety)} | ${ms(Math.max(...values))} |`);
}
console.log(`\nstreaming / idle, medians: ${(median(streaming) / median(idle)).toFixed(2)}`);
