import { isRecord } from "../util/record.ts";
import { shortened } from "../util/shortened.ts";
import { isBuiltIn, isCommandName, type SlashCommand } from "./slashCommands.ts";

/** Why a prompt of one's own cannot be used. `name` is as it was given. */
export interface PromptProblem {
  readonly name: string;
  readonly reason: "builtIn" | "badName" | "badPrompt";
}
export interface OwnPrompts {
  readonly prompts: readonly SlashCommand[];
  readonly problems: readonly PromptProblem[];
}

/** Characters of a prompt that stand for a description it does not have. */
const maxDescription = 80;

/** Reads the setting `valar.prompts`: name → text, or `{description, prompt}`. Undefined: not an object at all. */
export function readOwnPrompts(setting: unknown): OwnPrompts | undefined {
  if (!isRecord(setting)) return undefined;
  return gatherPrompts(Object.entries(setting).map(([name, value]) => ({ name, ...readEntry(value) })));
}

/** Reads the files of a folder: `name` is a file's without its ending. */
export function readPromptFiles(
  files: readonly { readonly name: string; readonly text: string }[],
): OwnPrompts {
  return gatherPrompts(
    files.map(({ name, text }) => ({ name: name.trim().replace(/\s+/g, "-"), ...readPromptFile(text) })),
  );
}

/**
 * A prompt file: Markdown, with a front matter between lines of `---` if it likes. Of that only a line
 * `description: …` counts, its value plain or in quotes; a YAML parser would be much for so little.
 */
export function readPromptFile(text: string): { readonly description: string; readonly prompt: string } {
  const [whole, matter = ""] = /^\uFEFF?---[ \t]*\r?\n([^]*?\n)?---[ \t]*(?:\r?\n|$)/.exec(text) ?? [""];
  const value = /^description:[ \t]*(.*?)[ \t]*\r?$/m.exec(matter)?.[1] ?? "";
  const description = /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;
  return {
    description,
    prompt: text
      .slice(whole.length)
      .replace(/^\uFEFF/, "")
      .trim(),
  };
}

interface Entry {
  readonly name: string;
  readonly description: string;
  readonly prompt: string | undefined;
}

function readEntry(value: unknown): Omit<Entry, "name"> {
  if (typeof value === "string") return { description: "", prompt: value };
  const { description = "", prompt } = isRecord(value) ? value : {};
  return typeof prompt === "string" && typeof description === "string"
    ? { description, prompt }
    : { description: "", prompt: undefined };
}

function gatherPrompts(entries: readonly Entry[]): OwnPrompts {
  const prompts: SlashCommand[] = [];
  const problems: PromptProblem[] = [];
  for (const { name, description, prompt = "" } of entries) {
    const reason = problemOf(name, prompt);
    if (reason === undefined) prompts.push({ name, description: description || summary(prompt), prompt });
    else problems.push({ name, reason });
  }
  return { prompts, problems };
}

function problemOf(name: string, prompt: string): PromptProblem["reason"] | undefined {
  if (isBuiltIn(name)) return "builtIn";
  if (!isCommandName(name)) return "badName";
  return prompt.trim() === "" ? "badPrompt" : undefined;
}

/** The first line that says something, cut. */
function summary(prompt: string): string {
  const line = prompt.trim().split(/\r?\n/, 1)[0] ?? "";
  return shortened(line.replace(/^#+\s*/, ""), maxDescription);
}
