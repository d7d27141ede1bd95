/** Replaces a part of the box's text as if typed, so that the browser's own undo takes it back. */
export function insertText(box: HTMLTextAreaElement, start: number, end: number, text: string): void {
  box.focus();
  box.setSelectionRange(start, end);
  if (text === "" && start === end) return;
  // The only way into the browser's undo history.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  if (document.execCommand(text === "" ? "delete" : "insertText", false, text)) return;
  box.setRangeText(text, start, end, "end");
  box.dispatchEvent(new InputEvent("input", { bubbles: true }));
}
