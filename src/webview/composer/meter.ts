import { compactCount } from "../../core/money/compactCount.ts";
import { dollars } from "../../core/money/dollars.ts";
import type { MeterView } from "../../protocol/chat.ts";
import type { ComposerStrings } from "../../protocol/composerStrings.ts";
import { element, fill } from "../dom.ts";

/** From here on the ring warns. */
const nearlyFull = 0.8;
const radius = 5.5;
const circumference = 2 * Math.PI * radius;

/** How full the context of the next request is and what it costs at least: a ring, and all of it in words. */
export class Meter {
  readonly element = element("div", "meter");
  readonly #strings: ComposerStrings;
  readonly #locale: string;
  readonly #filled: SVGElement;
  readonly #cost = element("span", "meterCost");

  constructor(strings: ComposerStrings, locale: string) {
    this.#strings = strings;
    this.#locale = locale;
    this.#filled = circle("meterFilled");
    this.#filled.setAttribute("stroke-dasharray", String(circumference));
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 16 16");
    svg.setAttribute("class", "meterRing");
    svg.setAttribute("aria-hidden", "true");
    svg.append(circle("meterTrack"), this.#filled);
    this.#cost.setAttribute("aria-hidden", "true");
    this.element.append(svg, this.#cost);
    this.element.setAttribute("role", "img");
    this.update(undefined);
  }

  update(view: MeterView | undefined): void {
    // Hidden, it keeps its place: the buttons beside it do not jump.
    this.element.classList.toggle("unknown", view === undefined);
    this.element.ariaHidden = String(view === undefined);
    if (view === undefined) return;
    const { promptTokens, limitTokens, minCostUsd } = view;
    const share = limitTokens === undefined ? 0 : promptTokens / Math.max(limitTokens, 1);
    const text = meterText(view, this.#strings, this.#locale);
    this.element.ariaLabel = text;
    this.element.title = text;
    this.element.classList.toggle("near", share >= nearlyFull && share <= 1);
    this.element.classList.toggle("over", share > 1);
    this.#filled.setAttribute("stroke-dashoffset", String(circumference * (1 - Math.min(share, 1))));
    this.#cost.textContent = minCostUsd === undefined ? "" : `≥ ${dollars(minCostUsd, this.#locale)}`;
  }
}

/** The meter in words, e.g. “≈ 12.3k of 128k tokens · at least $0.0041 · this chat so far: $0.12”. */
export function meterText(
  { promptTokens, limitTokens, minCostUsd, spent }: MeterView,
  strings: ComposerStrings,
  locale: string,
): string {
  const count = (tokens: number): string => compactCount(tokens, locale);
  const parts =
    limitTokens === undefined
      ? [fill(strings.meterNoLimit, count(promptTokens))]
      : [fill(strings.meter, count(promptTokens), count(limitTokens))];
  if (limitTokens !== undefined && promptTokens > limitTokens) parts.push(strings.meterOver);
  else if (limitTokens !== undefined && promptTokens >= nearlyFull * limitTokens) {
    parts.push(strings.meterNear);
  }
  if (minCostUsd !== undefined) parts.push(fill(strings.meterCost, dollars(minCostUsd, locale)));
  if (spent !== undefined) {
    const usd = dollars(spent.usd, locale);
    parts.push(fill(strings.meterSpent, spent.isAtLeast ? fill(strings.meterCost, usd) : usd));
  }
  return parts.join(" · ");
}

function circle(className: string): SVGElement {
  const node = document.createElementNS("http://www.w3.org/2000/svg", "circle");
  node.setAttribute("class", className);
  for (const name of ["cx", "cy"]) node.setAttribute(name, "8");
  node.setAttribute("r", String(radius));
  return node;
}
