import { shortened } from "../util/shortened.ts";

/** Longest title, in characters: it stands in a zone's head and in a tab. */
const maxTitle = 50;

/** What an edit with an instruction of the person's own is called: its first words. */
export function instructionTitle(instruction: string): string {
  const words = instruction.trim().replace(/\s+/g, " ");
  const title = shortened(words, maxTitle);
  return title === words ? words : title.replace(/ …$/, "…");
}
