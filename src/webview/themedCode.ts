import type { CodeColours } from "../core/theme/codeColours.ts";

/** Steps from a theme's colour to that of plain text. */
const steps = 10;
/** Of WCAG: for text, and for those who ask for more. */
const contrast = { usual: 4.5, high: 7 };

/** Gives `root` the theme's colours for code. Those too pale for a code block come nearer to its plain text. */
export class ThemedCode {
  readonly #root: HTMLElement;
  readonly #paint = canvasContext();
  /** VS Code dresses the page by this attribute, before or after the colours come. */
  readonly #dressed = new MutationObserver(() => this.#apply());
  #colours: CodeColours = {};

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  dispose(): void {
    this.#dressed.disconnect();
  }

  show(colours: CodeColours): void {
    for (const name of Object.keys(this.#colours)) this.#root.style.removeProperty(propertyOf(name));
    this.#colours = colours;
    this.#dressed.observe(document.documentElement, { attributeFilter: ["style"] });
    this.#apply();
  }

  #apply(): void {
    for (const [name, colour] of Object.entries(this.#colours)) {
      this.#root.style.setProperty(propertyOf(name), this.#readable(colour));
    }
  }

  #readable(colour: string): string {
    const wanted = /\bvscode-high-contrast/.test(document.body.className) ? contrast.high : contrast.usual;
    const style = getComputedStyle(this.#root);
    const [side = "", block = "", text = ""] = [
      "sideBar-background",
      "textCodeBlock-background",
      "editor-foreground",
    ].map((name) => style.getPropertyValue(`--vscode-${name}`).trim());
    const ground = this.#mix([side, block]);
    for (let step = 0; step < steps; step++) {
      const mixed = this.#mix([side, block, colour], text, step / steps);
      if (contrastOf(mixed, ground) >= wanted) return step === 0 ? colour : `rgb(${mixed.join(" ")})`;
    }
    return text;
  }

  /** What is seen when the layers lie upon each other, the last of them with a share of `top`. */
  #mix(layers: readonly string[], top = "", share = 0): readonly number[] {
    const paint = this.#paint;
    if (paint === null) return [];
    for (const [colour, alpha] of [...layers.map((layer) => [layer, 1] as const), [top, share] as const]) {
      paint.fillStyle = colour;
      paint.globalAlpha = alpha;
      paint.fillRect(0, 0, 1, 1);
    }
    return [...paint.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  }
}

function propertyOf(name: string): string {
  return `--valar-theme-${name}`;
}

function canvasContext(): CanvasRenderingContext2D | null {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  return canvas.getContext("2d", { willReadFrequently: true });
}

function contrastOf(one: readonly number[], other: readonly number[]): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(rgb: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
