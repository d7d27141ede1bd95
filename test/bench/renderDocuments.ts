/** Texts to render: one like a long answer, and single constructs that grow and grow. Sizes in characters. */
export const documents: Readonly<Record<string, (size: number) => string>> = {
  answer: (size) => fill(size, section),
  fence: (size) =>
    `\`\`\`ts\n${fill(size, (i) => `const value${i} = compute(${i}, "text ${i}"); // line ${i}\n`)}\`\`\`\n`,
  list: (size) =>
    fill(
      size,
      (i) => `- item ${i} with **bold** and \`code\` in it\n${i % 5 === 0 ? "  - nested point\n" : ""}`,
    ),
  table: (size) =>
    `| Name | Kind | Value |\n|---|:-:|--:|\n${fill(size, (i) => `| name ${i} | \`kind\` | ${i * 7} |\n`)}`,
  paragraph: (size) => fill(size, (i) => `Sentence ${i} has *some* words and a \`span\` of code in it. `),
};

function fill(size: number, part: (i: number) => string): string {
  let text = "";
  for (let i = 0; text.length < size; i++) text += part(i);
  return text;
}

/** About 6,700 characters, so that 100 KB holds 15 fenced blocks. */
function section(i: number): string {
  const words = "The parser reads one line after another and keeps only what may still change, so that ";
  return [
    `## Part ${i}: how it works`,
    `${words.repeat(4)}**nothing** is read twice, see [the notes](https://example.com/${i}) and \`code${i}\`.`,
    "1. First step with *emphasis*\n   - nested one\n   - nested `two`\n     - nested **three**\n2. Second step\n3. Third step",
    `| Name | Kind | Lines |\n|---|:-:|--:|\n${Array.from({ length: 12 }, (_, r) => `| \`name${r}\` | function | ${r * 3} |`).join("\n")}`,
    `\`\`\`typescript\n${Array.from({ length: 45 }, (_, r) => `  const value${r} = await read(${r}, { deep: true });`).join("\n")}\n\`\`\``,
    `> ${words}\n> it stays quick.`,
    `${words.repeat(9)}it ends here.`,
    Array.from({ length: 10 }, (_, r) => `- point ${r}: ${words}`).join("\n"),
    "- [x] done\n- [ ] open",
    `### More\n\n${words.repeat(9)}~~gone~~ it ends.`,
    "",
  ].join("\n\n");
}
