/** A prompt that is called by its name. */
export interface SlashCommand {
  /** Without the slash. */
  readonly name: string;
  readonly description: string;
  /** What is asked; `{{input}}` in it stands for what the person typed after the name. */
  readonly prompt: string;
}

export const builtInNames = ["explain", "refactor", "fix", "tests", "docs", "commit"] as const;
export type BuiltInName = (typeof builtInNames)[number];

const what = "the code given with this message, or else the code this conversation is about";

/** What the built-in commands ask. Code is given in the same message, as context. */
export const builtInPrompts: Readonly<Record<BuiltInName, string>> = {
  explain: `Explain ${what}: what it is for, how it works, and what is surprising or risky about it. Go from the whole to the parts; do not go through it line by line.`,
  refactor: `Refactor ${what}: make it simpler and easier to read without changing what it does. Keep the names and signatures that code elsewhere may use. Show the new code whole, then say briefly what you changed and why.`,
  fix: `Find what is wrong with ${what}, the problems given with it first, and fix it at its cause. Change no more than that takes. Show the new code, then say briefly what was wrong. Where nothing is wrong, say so.`,
  tests: `Write tests for ${what}: the usual cases, the limits, and the failures. Use the test framework and the style that the project shows; say which you took where it shows none. Give one complete test file.`,
  docs: `Write documentation comments for ${what}, in the form that is customary for its language. Say what the reader cannot see from the name: purpose, parameters, result, errors, units. Change nothing but comments, and show the code with them.`,
  commit:
    "Write a commit message for the changes given with this message, or only for those that are staged where some are: a summary of at most 72 characters in the imperative mood, and, only where the changes need it, an empty line and a few lines that say why. Give the message alone, in one fenced block.",
};

export function isBuiltIn(name: string): name is BuiltInName {
  return builtInNames.some((builtIn) => builtIn === name);
}

/** Letters, digits, `-`, `_` and `.` that a name may have; at most 50. */
const namePattern = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,49}$/u;

export function isCommandName(name: string): boolean {
  return namePattern.test(name);
}

/** `/name` at the start of a text and what follows it; undefined when the text does not begin so. */
export function parseCommand(text: string): { readonly name: string; readonly input: string } | undefined {
  const found = /^\s*\/(\S+)(?:\s+([^]*))?$/.exec(text);
  const name = found?.[1];
  return name === undefined || !isCommandName(name) ? undefined : { name, input: (found?.[2] ?? "").trim() };
}

/** The prompt with the person's words in the places meant for them, or else after it. */
export function fillPrompt(prompt: string, input: string): string {
  const place = /\{\{\s*input\s*\}\}/g;
  if (prompt.search(place) >= 0) return prompt.replace(place, () => input);
  return input === "" ? prompt : `${prompt}\n\n${input}`;
}
