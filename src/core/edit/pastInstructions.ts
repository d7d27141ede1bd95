/** More are forgotten, the oldest first. */
const maxInstructions = 20;

/** What was remembered, newest first; anything else that storage may hold is left out. */
export function readInstructions(stored: unknown): readonly string[] {
  return Array.isArray(stored)
    ? stored.filter((text): text is string => typeof text === "string").slice(0, maxInstructions)
    : [];
}

/** With `instruction` as the newest. Each is kept once. */
export function rememberInstruction(past: readonly string[], instruction: string): readonly string[] {
  return [instruction, ...forgetInstruction(past, instruction)].slice(0, maxInstructions);
}

export function forgetInstruction(past: readonly string[], instruction: string): readonly string[] {
  return past.filter((text) => text !== instruction);
}
