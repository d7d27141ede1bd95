import { assertNever } from "../util/assertNever.ts";

/** A problem that VS Code shows in the code to edit. */
export interface Problem {
  /** Text of the line it starts on. */
  readonly line: string;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly message: string;
  /** Who found it, with its code, such as `ts 2322`. */
  readonly source: string;
}

/** Edits with a ready instruction. */
export type EditAction = "refactor" | "fix" | "docs" | "optimize";

/** Problems beyond these are left out: fixing the first ones often settles them. */
const maxProblems = 20;

/** What the model is told to do. `problems` are those in the selection, which only “fix” is about. */
export function actionInstruction(action: EditAction, problems: readonly Problem[]): string {
  switch (action) {
    case "refactor":
      return refactorInstruction;
    case "fix":
      return fixInstruction(problems);
    case "docs":
      return docsInstruction;
    case "optimize":
      return optimizeInstruction;
    default:
      return assertNever(action);
  }
}

export const refactorInstruction =
  "Refactor this code: make it simpler and easier to read without changing what it does. Keep the names and signatures that code elsewhere may use.";

export const docsInstruction =
  "Write documentation comments, in the form that is customary for this language, for every function, method, class and type declared in this code that has none; correct those that are wrong. Say what the reader cannot see from the name: purpose, parameters, result, errors, units. Change nothing but comments.";

export const optimizeInstruction =
  "Make this code faster or let it use less memory, where that is a real gain, without changing what it does for any input. Keep the names and signatures that code elsewhere may use. Where nothing can be gained, give the code back as it is.";

/** Without problems known, the model looks for mistakes itself. */
export function fixInstruction(problems: readonly Problem[]): string {
  if (problems.length === 0) {
    return "Find the mistakes in this code and fix them. Change no more than that takes. Where there is none, give the code back as it is.";
  }
  const left = problems.length - maxProblems;
  return [
    "Fix these problems at their cause, not by silencing them. Change no more than that takes.",
    ...problems.slice(0, maxProblems).map(describeProblem),
    ...(left > 0 ? [`- and ${left} more`] : []),
  ].join("\n");
}

function describeProblem({ line, severity, message, source }: Problem): string {
  const from = source === "" ? "" : ` (${source})`;
  return `- ${severity}${from}: ${message.replace(/\s*\n\s*/g, " ")} In the line: ${line.trim()}`;
}
