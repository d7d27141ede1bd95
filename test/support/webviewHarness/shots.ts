// Pictures of the panel in every state, theme and width: node test/support/webviewHarness/shots.ts [out folder]
import { mkdirSync } from "node:fs";
import path from "node:path";
import { Harness } from "./harness.ts";
import { states } from "./states.ts";

const folder = process.argv[2] ?? "out/panel";
const only = process.argv[3];
mkdirSync(folder, { recursive: true });
const harness = await Harness.launch();
try {
  for (const [name, state] of Object.entries(states)) {
    if (only !== undefined && !name.includes(only)) continue;
    for (const [theme, width] of state.looks) {
      const panel = await harness.open({ ...state.options, theme, width });
      await state.act?.(panel);
      await panel.settle();
      await panel.page.screenshot({ path: path.join(folder, `${name}-${theme}-${width}.png`) });
      if (panel.errors.length > 0) console.error(name, theme, width, panel.errors);
      await panel.close();
    }
  }
} finally {
  await harness.close();
}
