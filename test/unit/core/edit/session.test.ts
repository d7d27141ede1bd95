import assert from "node:assert/strict";
import fc from "fast-check";
import {
  isFinal,
  reduceEdit,
  type EditEvent,
  type EditState,
  type Proposal,
} from "../../../../src/core/edit/session.ts";

const proposal: Proposal = {
  lines: ["b"],
  hunks: [{ oldStart: 0, oldLines: ["a"], newStart: 0, newLines: ["b"] }],
};
const events: readonly EditEvent[] = [
  { type: "started" },
  { type: "completed", proposal },
  { type: "failed", failure: { type: "truncated" } },
  { type: "touched" },
  { type: "restored" },
  { type: "decided", change: 0, decision: "rejected" },
  { type: "accepted" },
  { type: "rejected" },
  { type: "ended", cause: "closed" },
];
const run = (...types: EditEvent["type"][]): EditState =>
  types.reduce<EditState>(
    (state, type) =>
      reduceEdit(
        state,
        events.find((event) => event.type === type)!,
      ),
    { type: "queued" },
  );

const decisions = new Map();

describe("edit session", () => {
  it("goes from queued to accepted", () =>
    assert.equal(run("started", "completed", "accepted").type, "accepted"));
  it("accepts nothing before the answer is complete", () =>
    assert.equal(run("started", "accepted").type, "streaming"));
  it("accepts nothing stale", () =>
    assert.equal(run("started", "completed", "touched", "accepted").type, "stale"));
  it("keeps the proposal while stale", () =>
    assert.deepEqual(run("started", "completed", "touched", "restored"), {
      type: "reviewing",
      proposal,
      decisions,
    }));
  it("keeps what was decided while stale", () =>
    assert.deepEqual(run("started", "completed", "decided", "touched", "restored"), {
      type: "reviewing",
      proposal,
      decisions: new Map([[0, "rejected"]]),
    }));
  it("decides nothing while stale", () =>
    assert.deepEqual(run("started", "completed", "touched", "decided"), {
      type: "stale",
      proposal,
      decisions,
    }));
  it("streams on when touched code is put back", () =>
    assert.equal(run("started", "touched", "restored").type, "streaming"));
  it("takes an answer that completes while stale", () =>
    assert.deepEqual(run("started", "touched", "completed"), { type: "stale", proposal, decisions }));
  it("never leaves a final state", () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 12 }), (all) => {
        let state: EditState = { type: "queued" };
        for (const event of all) {
          const next = reduceEdit(state, event);
          if (isFinal(state)) assert.equal(next, state);
          if (next.type === "accepted" && state.type !== "accepted") assert.equal(state.type, "reviewing");
          state = next;
        }
      }),
    ));
});
