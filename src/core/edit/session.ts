import { assertNever } from "../util/assertNever.ts";
import type { FitProblem } from "./fitAnswer.ts";
import type { Hunk } from "./hunks.ts";
import { decide, type Decision, type Decisions } from "./review.ts";

/** A complete and verified answer, ready for review. */
export interface Proposal {
  readonly lines: readonly string[];
  readonly hunks: readonly Hunk[];
}

/** Why an edit came to nothing. The document is unchanged in every case. */
export type EditFailure =
  | { readonly type: "answer"; readonly problem: FitProblem; readonly candidate?: readonly string[] }
  /** The answer stopped at the token limit. */
  | { readonly type: "truncated" }
  /** The connection closed without saying that the answer was whole. */
  | { readonly type: "unverified" }
  /** The model declined. */
  | { readonly type: "refusal"; readonly text: string }
  /** A finish reason that does not belong to an edit, such as `content_filter`. */
  | { readonly type: "stopped"; readonly reason: string }
  /** The answer is the code as it was. */
  | { readonly type: "unchanged" }
  /** What the client threw. */
  | { readonly type: "request"; readonly error: unknown }
  /** Applied, and yet the document does not hold the new code. */
  | { readonly type: "notWritten" };

/** What took the document away. */
export type EndCause = "closed" | "deleted" | "reverted" | "encodingChanged";

export type EditState =
  | { readonly type: "queued" }
  | { readonly type: "streaming" }
  | { readonly type: "reviewing"; readonly proposal: Proposal; readonly decisions: Decisions }
  /** The target was changed by hand: nothing may be applied. Undoing that brings back what was. */
  | { readonly type: "stale"; readonly proposal: Proposal | undefined; readonly decisions: Decisions }
  | { readonly type: "accepted" }
  | { readonly type: "rejected" }
  | { readonly type: "ended"; readonly cause: EndCause }
  | { readonly type: "failed"; readonly failure: EditFailure };

export type EditEvent =
  | { readonly type: "started" }
  | { readonly type: "completed"; readonly proposal: Proposal }
  | { readonly type: "failed"; readonly failure: EditFailure }
  /** The target no longer holds the text it had, or holds it again. */
  | { readonly type: "touched" }
  | { readonly type: "restored" }
  /** About one change, by its place, or about all that wait. Stays a plan until `accepted`. */
  | { readonly type: "decided"; readonly change: number | "rest"; readonly decision: Decision }
  /** The accepted changes are in the document. */
  | { readonly type: "accepted" }
  | { readonly type: "rejected" }
  | { readonly type: "ended"; readonly cause: EndCause };

/** The next state. Final states stay; an event that does not fit leaves the state as it is, the same object. */
export function reduceEdit(state: EditState, event: EditEvent): EditState {
  if (isFinal(state)) return state;
  switch (event.type) {
    case "started":
      return state.type === "queued" ? { type: "streaming" } : state;
    case "completed":
      if (state.type === "streaming") return { type: "reviewing", ...undecided(event.proposal) };
      return state.type === "stale" ? { type: "stale", ...undecided(event.proposal) } : state;
    case "failed":
      return { type: "failed", failure: event.failure };
    case "touched":
      if (state.type === "stale") return state;
      return state.type === "reviewing"
        ? { ...state, type: "stale" }
        : { type: "stale", ...undecided(undefined) };
    case "restored":
      if (state.type !== "stale") return state;
      return state.proposal === undefined
        ? { type: "streaming" }
        : { type: "reviewing", proposal: state.proposal, decisions: state.decisions };
    case "decided": {
      if (state.type !== "reviewing") return state;
      const { proposal, decisions } = state;
      return { ...state, decisions: decide(proposal.hunks, decisions, event.change, event.decision) };
    }
    case "accepted":
      return state.type === "reviewing" ? { type: "accepted" } : state;
    case "rejected":
      return { type: "rejected" };
    case "ended":
      return { type: "ended", cause: event.cause };
    default:
      return assertNever(event);
  }
}

function undecided<P extends Proposal | undefined>(
  proposal: P,
): { readonly proposal: P; readonly decisions: Decisions } {
  return { proposal, decisions: new Map() };
}

export function isFinal(state: EditState): boolean {
  switch (state.type) {
    case "queued":
    case "streaming":
    case "reviewing":
    case "stale":
      return false;
    case "accepted":
    case "rejected":
    case "ended":
    case "failed":
      return true;
    default:
      return assertNever(state);
  }
}
