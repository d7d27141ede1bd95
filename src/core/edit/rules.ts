/** A file of rules for all code of the workspace, such as AGENTS.md. */
export interface Rules {
  /** Relative to the workspace. */
  readonly path: string;
  readonly text: string;
}

/** How much of all rules together goes along with an edit, in characters. */
export const rulesBudget = 16_000;

/** The system prompt of an edit, with the rules as far as they fit, first files first. */
export function withRules(system: string, rules: readonly Rules[]): string {
  let left = rulesBudget;
  const parts = rules.flatMap(({ path, text }) => {
    if (left <= 0) return [];
    const whole = text.trim();
    const shown = cut(whole, left);
    left -= shown.length;
    const note = shown.length < whole.length ? " (its beginning)" : "";
    return shown === "" ? [] : [`From \`${path}\`${note}:\n\n${shown}`];
  });
  if (parts.length === 0) return system;
  const heading =
    "The rules of this workspace follow. They are about the code you write; the form of your answer stays as said above.";
  return [system, heading, ...parts].join("\n\n");
}

/** Whole lines that fit; a first line too long is cut. */
function cut(text: string, budget: number): string {
  if (text.length <= budget) return text;
  const end = text.lastIndexOf("\n", budget);
  return text.slice(0, end > 0 ? end : budget).trimEnd();
}
