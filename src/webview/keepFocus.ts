/** The name of a control that its successor has too: see `keepFocus`. */
export function nameAction<T extends HTMLElement>(control: T, action: string): T {
  control.dataset["action"] = action;
  return control;
}

/** The action of the control that has the focus within `root`; undefined when the focus is elsewhere. */
export function focusedAction(root: HTMLElement): string | undefined {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || !root.contains(active)) return undefined;
  return active.dataset["action"] ?? "";
}

/** Focuses the control for `action` within `root`; false if there is none that can be seen. */
export function focusAction(root: HTMLElement, action: string): boolean {
  const control = root.querySelector<HTMLElement>(`[data-action="${CSS.escape(action)}"]`);
  control?.focus();
  return control !== null && document.activeElement === control;
}

/** Makes a change within `root` after which a control that had the focus, or its successor, has it again. */
export function keepFocus(root: HTMLElement, change: () => void, otherwise: () => void): void {
  const action = focusedAction(root);
  change();
  if (action === undefined || root.contains(document.activeElement)) return;
  if (!focusAction(root, action)) otherwise();
}
