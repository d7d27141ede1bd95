/**
 * Decoding a stream: 200,000 `chat.completion.chunk` events over loopback HTTP in random pieces of 1 to 16 KB. CPU
 * time of the whole client process while it reads, each contender in a fresh process, rounds interleaved.
 */
import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { contenders, type ContenderName, type Measurement } from "./decodeContender.ts";
import { startStreamServer } from "./decodeServer.ts";

const events = Number(process.env["BENCH_EVENTS"] ?? 200_000);
const rounds = Number(process.env["BENCH_ROUNDS"] ?? 5);
const budget = 1.15;
const contender = fileURLToPath(new URL("decodeContender.ts", import.meta.url));
const run = promisify(execFile);

const names = Object.keys(contenders) as ContenderName[];
const server = await startStreamServer();
const results = new Map<ContenderName, Measurement[]>(names.map((name) => [name, []]));
try {
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      const args = ["--expose-gc", contender, name, server.baseUrl, String(events)];
      const { stdout } = await run(process.execPath, args);
      results.get(name)?.push(JSON.parse(stdout) as Measurement);
    }
  }
} finally {
  await server.close();
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
const cpuOf = (name: ContenderName): number => median((results.get(name) ?? []).map(({ cpuMs }) => cpuMs));
const bare = cpuOf("bare");

console.log(
  `${events} events, median of ${rounds}, Node ${process.version}, ${availableParallelism()} cores\n`,
);
console.log("| way | CPU s | × bare | wall s |");
console.log("| --- | ---: | ---: | ---: |");
for (const name of names) {
  const wall = median((results.get(name) ?? []).map(({ wallMs }) => wallMs));
  const seconds = (ms: number): string => (ms / 1000).toFixed(2);
  const ratio = (cpuOf(name) / bare).toFixed(2);
  console.log(`| ${contenders[name].title} | ${seconds(cpuOf(name))} | ${ratio} | ${seconds(wall)} |`);
}
// Rounds are pairs: what slowed the machine slowed both.
const ratios = (results.get("ours") ?? []).map(
  ({ cpuMs }, round) => cpuMs / (results.get("bare")?.[round]?.cpuMs ?? NaN),
);
const heap = results.get("ours")?.[0]?.heapMb ?? [];
console.log(`\nours / bare, median of the rounds' ratios: ${median(ratios).toFixed(2)} (budget ${budget})`);
console.log(
  `heap of ours after each eighth of the stream, MB: ${heap.map((mb) => mb.toFixed(1)).join(", ")}`,
);
