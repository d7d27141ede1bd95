import { MarkdownString } from "vscode";

/** A text that stays text in Markdown. VS Code's `appendText` alone leaves no place where a line can break. */
export function markdownText(text: string): string {
  return new MarkdownString().appendText(text).value.replace(/(&nbsp;)+/g, " ");
}
