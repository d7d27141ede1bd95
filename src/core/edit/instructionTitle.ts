/** Longest title, in characters: it stands in a zone's head and in a tab. */
const maxTitle = 50;

/** What an edit with an instruction of the person's own is called: its first words. */
export function instructionTitle(instruction: string): string {
  const characters = Array.from(instruction.trim().replace(/\s+/g, " "));
  return characters.length > maxTitle
    ? `${characters
        .slice(0, maxTitle - 1)
        .join("")
        .trimEnd()}…`
    : characters.join("");
}
