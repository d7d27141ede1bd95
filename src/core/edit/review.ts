import type { Hunk } from "./hunks.ts";
import { groupChanges, type ChangeGroup } from "./changeGroups.ts";

/** What a person said about one change. Nothing of it is written before the whole edit is. */
export type Decision = "accepted" | "rejected";

/** By the change's place among `groupChanges`, from 0; a change without an entry waits. */
export type Decisions = ReadonlyMap<number, Decision>;

/** A change under review. */
export interface Change extends ChangeGroup {
  readonly index: number;
  readonly decision: Decision | undefined;
}

export function changesOf(hunks: readonly Hunk[], decisions: Decisions): Change[] {
  return groupChanges(hunks).map((group, index) => ({ ...group, index, decision: decisions.get(index) }));
}

/** With `decision` for one change, or for `"rest"`: all that wait. */
export function decide(
  hunks: readonly Hunk[],
  decisions: Decisions,
  which: number | "rest",
  decision: Decision,
): Decisions {
  const meant = changesOf(hunks, decisions).filter((change) =>
    which === "rest" ? change.decision === undefined : change.index === which,
  );
  return new Map([...decisions, ...meant.map(({ index }): [number, Decision] => [index, decision])]);
}

/** The hunks of the changes with one of these decisions, in order. */
export function hunksOf(
  hunks: readonly Hunk[],
  decisions: Decisions,
  wanted: readonly (Decision | undefined)[],
): readonly Hunk[] {
  return changesOf(hunks, decisions)
    .filter(({ decision }) => wanted.includes(decision))
    .flatMap((change) => change.hunks);
}
