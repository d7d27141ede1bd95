/** 100,000 random streams through the client's state machine; one that fails names its seed. FUZZ_SEED repeats. */
import { fuzz } from "../unit/core/api/support/fuzz.ts";

const count = Number(process.env["FUZZ_COUNT"] ?? 100_000);
const first = Number(process.env["FUZZ_SEED"] ?? Date.now() % 1_000_000_000);
const started = performance.now();
fuzz(first, count);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(
  `${count} random streams from seed ${first}: no character lost or doubled, none hung (${seconds} s)`,
);
