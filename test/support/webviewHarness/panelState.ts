import type { OpenOptions } from "./harness.ts";
import type { Panel } from "./panel.ts";

/** A state of the panel that has to look good and be accessible, in every theme and width. */
export interface PanelState {
  readonly options: OpenOptions;
  readonly act?: (panel: Panel) => Promise<void>;
}
