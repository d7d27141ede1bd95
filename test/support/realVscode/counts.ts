// How many tests a suite ran, passed from its process to the one that adds them up.
import { readFile, rm, writeFile } from "node:fs/promises";

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Each failed test: its title and, on further lines, why. */
  readonly failures?: readonly string[];
}

/** Environment variable naming the file that a suite writes its counts to. */
export const countsVariable = "VALAR_TEST_COUNTS";

export async function writeCounts(file: string, counts: Counts): Promise<void> {
  await writeFile(file, JSON.stringify(counts));
}

/** Reads the counts and removes the file. undefined: the suite ended before it could write them. */
export async function takeCounts(file: string): Promise<Counts | undefined> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  await rm(file, { force: true });
  return text === undefined ? undefined : (JSON.parse(text) as Counts);
}

/**
 * What a suite counts for: one that ended badly without a failed test, or ran no test, is itself a failure.
 * Gives the counts and, for such a suite, the reason.
 */
export function judge(counts: Counts | undefined, exitCode: number): { counts: Counts; reason?: string } {
  if (counts === undefined) {
    return {
      counts: { passed: 0, failed: 1, skipped: 0 },
      reason: `ended with code ${String(exitCode)} before its tests did`,
    };
  }
  if (counts.passed + counts.failed === 0)
    return { counts: { ...counts, failed: 1 }, reason: "ran no tests" };
  if (counts.failed === 0 && exitCode !== 0) {
    return {
      counts: { ...counts, failed: 1 },
      reason: `ended with code ${String(exitCode)} although no test failed`,
    };
  }
  return { counts };
}

export function sum(all: readonly Counts[]): Counts {
  const total = (count: (counts: Counts) => number) => all.reduce((before, one) => before + count(one), 0);
  return {
    passed: total(({ passed }) => passed),
    failed: total(({ failed }) => failed),
    skipped: total(({ skipped }) => skipped),
    failures: all.flatMap(({ failures = [] }) => failures),
  };
}

/** `3 passed, 0 failed`, and `, 1 skipped` only if any. */
export function describeCounts({ passed, failed, skipped }: Counts): string {
  const rest = skipped > 0 ? `, ${String(skipped)} skipped` : "";
  return `${String(passed)} passed, ${String(failed)} failed${rest}`;
}
