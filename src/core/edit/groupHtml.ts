import type { ChangeGroup } from "./changeGroups.ts";
import { wordMarks, type WordMark } from "./wordMarks.ts";

/** Lines shown of one group; the diff editor shows the rest. */
const maxLines = 200;

const lineStyle = "background-color:var(--vscode-diffEditor-insertedLineBackground);";
const wordStyle = "background-color:var(--vscode-diffEditor-insertedTextBackground);";

/**
 * The new code of a group as HTML for a markdown string, in the colours of the theme: lines that are new with a
 * plus sign and a background, changed words marked and bold, lines between them as they are. High-contrast themes
 * have no backgrounds, so none of it hangs on colour alone. Undefined when nothing is added. Only tags, styles and
 * variables that VS Code lets through; every character of the code is escaped.
 */
export function groupHtml(
  group: ChangeGroup,
  oldLines: readonly string[],
  leftOut: (lines: number) => string,
): string | undefined {
  const lines: string[] = [];
  let next = group.oldStart;
  for (const hunk of group.hunks) {
    for (; next < hunk.oldStart; next++) lines.push(`  ${escapeHtml(oldLines[next] ?? "")}`);
    next += hunk.oldLines.length;
    const { added } = wordMarks(hunk);
    hunk.newLines.forEach((text, line) => {
      const marks = added.filter((mark) => mark.line === line);
      lines.push(`<span style="${lineStyle}">+ ${markText(text, marks)}</span>`);
    });
  }
  if (!group.hunks.some((hunk) => hunk.newLines.length > 0)) return undefined;
  const rest = lines.length - maxLines;
  const shown = rest > 0 ? [...lines.slice(0, maxLines), escapeHtml(leftOut(rest))] : lines;
  return `<pre>${shown.join("\n")}</pre>`;
}

/** A remark in the place of code. */
export function noteHtml(text: string): string {
  return `<em>${escapeHtml(text)}</em>`;
}

function markText(text: string, marks: readonly WordMark[]): string {
  let html = "";
  let end = 0;
  for (const mark of marks) {
    const word = escapeHtml(text.slice(mark.start, mark.end));
    html += `${escapeHtml(text.slice(end, mark.start))}<strong><span style="${wordStyle}">${word}</span></strong>`;
    end = mark.end;
  }
  return html + escapeHtml(text.slice(end));
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replace(bidiControls, (char) => `&lt;U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase()}&gt;`);
}

/** Characters that change how code reads without being seen: directions and tags. */
const bidiControls = /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]|[\u{E0000}-\u{E007F}]/gu;
