import assert from "node:assert/strict";
import { actionInstruction, type Problem } from "../../../../src/core/edit/instructions.ts";

const problem: Problem = {
  line: "  const a: number = text;",
  severity: "error",
  message: "Type 'string' is not assignable to type 'number'.\n  It really is not.",
  source: "ts 2322",
};

describe("instructions of the ready-made edits", () => {
  it("refactor", () =>
    assert.equal(
      actionInstruction("refactor", []),
      "Refactor this code: make it simpler and easier to read without changing what it does. Keep the names and signatures that code elsewhere may use.",
    ));

  it("fix, with the problems of the selection", () =>
    assert.equal(
      actionInstruction("fix", [
        problem,
        { ...problem, severity: "warning", source: "", message: "Unused." },
      ]),
      `Fix these problems at their cause, not by silencing them. Change no more than that takes.
- error (ts 2322): Type 'string' is not assignable to type 'number'. It really is not. In the line: const a: number = text;
- warning: Unused. In the line: const a: number = text;`,
    ));

  it("fix, without any", () =>
    assert.equal(
      actionInstruction("fix", []),
      "Find the mistakes in this code and fix them. Change no more than that takes. Where there is none, give the code back as it is.",
    ));

  it("fix, with more than go along", () => {
    const lines = actionInstruction(
      "fix",
      Array.from({ length: 23 }, () => problem),
    ).split("\n");
    assert.equal(lines.length, 22);
    assert.equal(lines.at(-1), "- and 3 more");
  });

  it("docs", () =>
    assert.equal(
      actionInstruction("docs", [problem]),
      "Write documentation comments, in the form that is customary for this language, for every function, method, class and type declared in this code that has none; correct those that are wrong. Say what the reader cannot see from the name: purpose, parameters, result, errors, units. Change nothing but comments.",
    ));

  it("optimize", () =>
    assert.equal(
      actionInstruction("optimize", [problem]),
      "Make this code faster or let it use less memory, where that is a real gain, without changing what it does for any input. Keep the names and signatures that code elsewhere may use. Where nothing can be gained, give the code back as it is.",
    ));
});
