/** Browsers report keys that an input method consumes with this code. */
const imeKeyCode = 229;

/** Is the key meant for an input method rather than for the page? */
export function isComposing(event: KeyboardEvent): boolean {
  // keyCode is the only sign some input methods give.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  return event.isComposing || event.keyCode === imeKeyCode;
}
