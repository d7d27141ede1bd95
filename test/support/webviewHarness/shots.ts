// Pictures of the panel's states, eight on a sheet:
// node test/support/webviewHarness/shots.ts [folder] [part of a state's name] [looks, e.g. dark,zoomed] [german]
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import { Harness } from "./harness.ts";
import { states } from "./states.ts";
import { german, translatedAll } from "./languages.ts";
import type { ThemeName } from "./themes.ts";

interface Look {
  readonly theme: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly media?: Parameters<Page["emulateMedia"]>[0];
}

/** `zoomed` is a window of 640 × 700 px at 200 %. */
const looks: Readonly<Record<string, Look>> = {
  dark: { theme: "dark" },
  light: { theme: "light" },
  highContrast: { theme: "highContrast" },
  highContrastLight: { theme: "highContrastLight" },
  narrow: { theme: "dark", width: 200 },
  wide: { theme: "light", width: 760 },
  zoomed: { theme: "light", height: 350 },
  forced: { theme: "highContrast", media: { forcedColors: "active", colorScheme: "dark" } },
};
const perSheet = 8;

interface Shot {
  readonly name: string;
  readonly png: Buffer;
}

const [folder = "out/panel", part = "", wanted, language] = process.argv.slice(2);
const chosen = wanted?.split(",") ?? Object.keys(looks);
mkdirSync(folder, { recursive: true });
const harness = await Harness.launch();
try {
  const shots: Shot[] = [];
  for (const [name, state] of Object.entries(states)) {
    if (!name.includes(part)) continue;
    const panel = await harness.open(
      language === "german" ? { ...translatedAll(state.options, german), language: german } : state.options,
    );
    await state.act?.(panel);
    for (const look of chosen) {
      const {
        theme,
        width = 320,
        height = state.options.height ?? 700,
        media = {},
      } = looks[look] ?? fail(look);
      await panel.dress(theme);
      await panel.page.emulateMedia({ forcedColors: "none", colorScheme: null, ...media });
      await panel.page.setViewportSize({ width, height });
      await panel.settle();
      shots.push({ name: `${name} ${look}`, png: await panel.page.screenshot() });
    }
    if (panel.errors.length > 0) console.error(name, panel.errors);
    await panel.close();
  }
  for (let at = 0; at < shots.length; at += perSheet) {
    writeFileSync(
      path.join(folder, `sheet${String(at / perSheet + 1).padStart(2, "0")}.png`),
      await sheet(shots.slice(at, at + perSheet)),
    );
  }
} finally {
  await harness.close();
}

function fail(look: string): never {
  throw new Error(`There is no look “${look}”: ${Object.keys(looks).join(", ")}`);
}

/** One picture of several, each under its name. */
async function sheet(shots: readonly Shot[]): Promise<Buffer> {
  const page = await harness.browser.newPage({ viewport: { width: 1340, height: 100 } });
  const figures = shots.map(
    ({ name, png }) =>
      `<figure><figcaption>${name}</figcaption><img src="data:image/png;base64,${png.toString("base64")}"></figure>`,
  );
  const style =
    "body { display: flex; flex-wrap: wrap; gap: 12px; margin: 8px; background: gray } figure { margin: 0 }";
  await page.setContent(`<style>${style}</style>${figures.join("")}`);
  const png = await page.screenshot({ fullPage: true });
  await page.close();
  return png;
}
