import type { EditPrompt } from "./prompt.ts";
import { type Rules, withRules } from "./rules.ts";

export interface TestsRequest {
  /** The file to test, relative to the workspace. */
  readonly path: string;
  readonly languageId: string;
  /** The lines to write tests for. */
  readonly code: readonly string[];
  /** All of the file; the same as `code` when all of it is to be tested. */
  readonly file: readonly string[];
  /** The file the tests go into, as it is; empty when it is new. */
  readonly testPath: string;
  readonly tests: readonly string[];
  /** Another test file of the project, to be like. */
  readonly example?: { readonly path: string; readonly text: string } | undefined;
  readonly framework: string | undefined;
  /** What the person asks for beyond that; empty when nothing. */
  readonly wish?: string;
  /** Of the workspace, for all its code. */
  readonly rules?: readonly Rules[];
}

/** How much of other files goes along, in characters. */
const otherBudget = 12_000;

/** The messages that ask for a whole test file. */
export function testsPrompt(request: TestsRequest): EditPrompt {
  const { path, testPath, languageId, tests, example, file, code, wish = "", rules = [] } = request;
  const isNew = tests.every((line) => line.trim() === "");
  const framework = request.framework === undefined ? "" : ` with ${request.framework}`;
  const user = [
    `Write tests${framework} for the code at the end.`,
    isNew
      ? `They go into the new file ${testPath}.`
      : `They go into ${testPath}, which is there already: keep every test it has and add what is missing.`,
    ...(wish === "" ? [] : [wish]),
    "",
    ...(isNew ? [] : section(testPath, languageId, tests.join("\n"))),
    ...(isNew && example !== undefined
      ? [
          "A test file of this project, for its style:",
          ...section(example.path, languageId, example.text.slice(0, otherBudget)),
        ]
      : []),
    ...(file.length > code.length && file.join("\n").length <= otherBudget
      ? ["The file that the code is from:", ...section(path, languageId, file.join("\n"))]
      : []),
    "The code to test:",
    ...section(path, languageId, code.join("\n")),
  ].join("\n");
  return {
    tag: "selection",
    messages: [
      { role: "system", content: withRules(systemPrompt, rules) },
      { role: "user", content: user.trimEnd() },
    ],
  };
}

const systemPrompt = [
  "You write tests. You are given code and the test file that its tests belong into.",
  "Answer with the complete test file in one fenced code block, and nothing else: no explanation before or after it.",
  "Write every line out: never stand in for code with comments such as “rest unchanged”.",
  "Test what the code does for usual input, at its limits and when it fails. Import the code from its own file by the right relative path. Follow the style of the project's tests.",
].join("\n");

function section(path: string, languageId: string, text: string): string[] {
  const longest = (text.match(/^\s*`{3,}/gm) ?? []).reduce(
    (most, run) => Math.max(most, run.trim().length),
    2,
  );
  const fence = "`".repeat(longest + 1);
  return [`From \`${path}\`:`, `${fence}${languageId}`, text, fence, ""];
}
