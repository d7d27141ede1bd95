import type { OpenOptions, ThemeName } from "./harness.ts";
import type { Panel } from "./panel.ts";

/** A state of the panel that has to look good and be accessible. */
export interface PanelState {
  readonly options: OpenOptions;
  readonly act?: (panel: Panel) => Promise<void>;
  readonly looks: readonly (readonly [ThemeName, number])[];
}

export const everywhere = [
  ["dark", 320],
  ["light", 320],
  ["highContrast", 320],
  ["highContrastLight", 320],
  ["dark", 220],
  ["light", 600],
] as const;
export const twice = [
  ["dark", 320],
  ["light", 320],
] as const;
