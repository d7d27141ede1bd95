// Plain progress lines for the set-up steps. Runs on Node 20 with built-ins only.
import { performance } from "node:perf_hooks";

/**
 * Runs one step and prints its title, then how long it took. A failing step prints nothing more: its error does.
 *
 * @template T
 * @param {string} title
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = performance.now();
  console.log(`• ${title} …`);
  const result = await work();
  console.log(`  done in ${seconds(performance.now() - started)}`);
  return result;
}

/** Milliseconds as a person reads them: `0.4 s`, `1 min 12 s`. */
export function seconds(milliseconds) {
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const total = Math.round(milliseconds / 1000);
  return `${String(Math.floor(total / 60))} min ${String(total % 60)} s`;
}

/** An error whose message is all that a person needs: printed without a stack. */
export class SetUpError extends Error {}

/** Runs a command-line program: a SetUpError is printed as its message alone, anything else in full. */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof SetUpError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
