import { seededRandom } from "../random.ts";

/** A wish for a long text: how much of what. */
export interface DocumentWish {
  readonly amount: number;
  readonly unit: "bytes" | "words";
  /** `mixed` for a whole document, else one construct as long as asked. */
  readonly kind: "mixed" | "code" | "list" | "table" | "paragraph";
  readonly multilingual: boolean;
}

/** Understands “write 20 KB of markdown”, “write 500 words …”, with “as one list|table|code block|paragraph”. */
export function documentWish(instruction: string): DocumentWish | undefined {
  const pattern =
    /\b(?:write|generate|stream)\b[^.\n]{0,30}?\b([\d.,]+)\s*(bytes?|b|kb|kib|mb|mib|words?)\b/i;
  const [, number, unit] = pattern.exec(instruction) ?? [];
  if (number === undefined || unit === undefined) return undefined;
  const amount = Number(number.replaceAll(",", ""));
  const factor = /^m/i.test(unit) ? 1024 * 1024 : /^k/i.test(unit) ? 1024 : 1;
  const one = /\b(?:single|one)\b[^.\n]{0,20}?\b(code|list|table|paragraph)/i
    .exec(instruction)?.[1]
    ?.toLowerCase();
  const kind = (["code", "list", "table", "paragraph"] as const).find((name) => name === one) ?? "mixed";
  return {
    amount: Math.min(Math.round(amount * factor), 20 * 1024 * 1024),
    unit: /^w/i.test(unit) ? "words" : "bytes",
    kind,
    multilingual: /\b(multilingual|multi-?byte|unicode|emoji)\b/i.test(instruction),
  };
}

const plainWords =
  "stream token answer window model request reply buffer parser cursor editor change review accept reject panel prompt context budget latency frame layout measure record session history draft branch commit signal timer retry backoff header status error message content reasoning channel delta chunk replay prefix suffix range anchor line column indent value field schema option limit";
const otherWords =
  "größer café naïve 日本語 模型 返答 прокси данные συμβολή שלום مرحبا 안녕 👩‍💻 🚀 e\u0301te\u0301 Ω≈ç √∫ 𝒳𝓎";

/** A deterministic markdown text of exactly so many bytes (UTF-8) or words. */
export function writeDocument(wish: DocumentWish): string {
  const random = seededRandom(wish.amount + wish.kind.length);
  const words = (wish.multilingual ? `${plainWords} ${otherWords}` : plainWords).split(" ");
  const pick = () => words[Math.floor(random() * words.length)] ?? "word";
  const writer: Writer = { random, pick, phrase: (n) => Array.from({ length: n }, pick).join(" ") };
  const blocks = wish.kind === "mixed" ? mixedBlocks(writer) : endless(wish.kind, writer);
  // A fence that stays open would make the answer look cut off.
  const end = wish.kind === "code" ? "\n```\n" : "";
  const room = wish.amount - sizeOf(end, wish.unit);
  let text = "";
  let size = 0;
  for (const block of blocks) {
    const blockSize = sizeOf(block, wish.unit);
    if (size + blockSize > room) break;
    text += block;
    size += blockSize;
  }
  return text + fill(wish, room - size, writer) + end;
}

interface Writer {
  readonly random: () => number;
  readonly pick: () => string;
  readonly phrase: (words: number) => string;
}

function sizeOf(text: string, unit: "bytes" | "words"): number {
  return unit === "bytes" ? Buffer.byteLength(text) : (text.match(/\S+/g) ?? []).length;
}

/** Plain words for what is left to the exact size. */
function fill(wish: DocumentWish, missing: number, writer: Writer): string {
  if (missing <= 0) return "";
  if (wish.unit === "words") return writer.phrase(missing);
  let text = "";
  while (Buffer.byteLength(text) < missing) text += `${writer.pick()} `;
  while (Buffer.byteLength(text) > missing) text = Array.from(text).slice(0, -1).join("");
  return text + ".".repeat(missing - Buffer.byteLength(text));
}

function* mixedBlocks(writer: Writer): Generator<string> {
  const { phrase, pick, random } = writer;
  for (let section = 1; ; section++) {
    yield `## ${section}. ${capital(phrase(3))}\n\n`;
    yield `${paragraph(writer)}\n\n`;
    yield `${paragraph(writer)} See \`${pick()}.${pick()}()\` and **${phrase(2)}**, or *${phrase(2)}*.\n\n`;
    yield `- ${phrase(5)}\n- ${phrase(6)}\n  - ${phrase(4)}\n  - ${phrase(5)}\n    1. ${phrase(3)}\n    2. ${phrase(4)}\n- ${phrase(5)}\n\n`;
    yield `### ${capital(phrase(2))}\n\n`;
    yield codeBlock(writer, 6 + Math.floor(random() * 20));
    yield `| ${capital(pick())} | ${capital(pick())} | ${capital(pick())} |\n| --- | :---: | ---: |\n${Array.from({ length: 5 }, () => `| ${phrase(2)} | \`${pick()}\` | ${Math.floor(random() * 1000)} |\n`).join("")}\n`;
    yield `> ${capital(phrase(14))}.\n>\n> ${capital(phrase(9))}.\n\n`;
    yield `- [x] ${phrase(4)}\n- [ ] ${phrase(5)}\n\n`;
    yield `${paragraph(writer)} Read [${phrase(2)}](https://example.com/${pick()}).\n\n`;
  }
}

function* endless(kind: "code" | "list" | "table" | "paragraph", writer: Writer): Generator<string> {
  const { phrase, pick, random } = writer;
  if (kind === "code") yield "```ts\n";
  if (kind === "table") yield `| Name | Kind | Count |\n| --- | --- | ---: |\n`;
  for (;;) {
    switch (kind) {
      case "code":
        yield codeLine(writer);
        break;
      case "list":
        yield `${"  ".repeat(Math.floor(random() * 3))}- ${phrase(7)} \`${pick()}\`\n`;
        break;
      case "table":
        yield `| ${phrase(2)} | \`${pick()}\` | ${Math.floor(random() * 1000)} |\n`;
        break;
      case "paragraph":
        yield `${phrase(9)}, **${pick()}** and \`${pick()}\`. `;
        break;
    }
  }
}

function paragraph(writer: Writer): string {
  return Array.from(
    { length: 3 },
    () => `${capital(writer.phrase(8 + Math.floor(writer.random() * 8)))}.`,
  ).join(" ");
}

function codeBlock(writer: Writer, lines: number): string {
  return `\`\`\`ts\n${Array.from({ length: lines }, () => codeLine(writer)).join("")}\`\`\`\n\n`;
}

function codeLine({ random, phrase }: Writer): string {
  const name = identifier(phrase(2));
  const other = identifier(phrase(1));
  const lines = [
    `const ${name} = ${other}.map((entry) => entry.${identifier(phrase(1))} * ${Math.floor(random() * 100)});\n`,
    `export function ${name}(${other}: string): number {\n`,
    `  if (${other} === "${phrase(2)}") return ${Math.floor(random() * 9)};\n`,
    `  // ${phrase(6)}\n`,
    "}\n",
    "\n",
  ];
  return lines[Math.floor(random() * lines.length)] ?? "\n";
}

function identifier(words: string): string {
  const [first = "x", ...rest] = words.replaceAll(/[^a-z ]/g, "").split(" ");
  return (first || "x") + rest.map(capital).join("");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
