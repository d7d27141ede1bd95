import { dollars } from "../core/money/dollars.ts";
import type { FiguresView } from "../protocol/chat.ts";
import type { WebviewStrings } from "../protocol/strings.ts";
import { fill } from "./dom.ts";

/** One figure of an answer's footer: short, and in full for the tooltip. */
export interface Figure {
  readonly name: "model" | "window" | "tokensIn" | "tokensOut" | "cost" | "time" | "speed";
  readonly text: string;
}

/**
 * The figures of an answer, in the order they are shown. Unknown ones are left out, but for the cost where
 * something was surely used: `isBilled`, or tokens that were counted.
 */
export function figureTexts(
  figures: FiguresView,
  strings: WebviewStrings,
  locale: string,
  isBilled = true,
): Figure[] {
  const count = new Intl.NumberFormat(locale);
  const tokens = (template: string, value: number | undefined): string | undefined =>
    value === undefined ? undefined : fill(template, count.format(value));
  const pair = (total: string | undefined, part: string | undefined): string | undefined =>
    total === undefined || part === undefined ? total : `${total} (${part})`;
  const tokensIn = tokens(strings.tokensIn, figures.promptTokens);
  const cached = tokens(strings.tokensCached, figures.cachedTokens || undefined);
  const tokensOut = tokens(strings.tokensOut, figures.completionTokens);
  const reasoning = tokens(strings.tokensReasoning, figures.reasoningTokens || undefined);
  const isUsed = isBilled || figures.promptTokens !== undefined || figures.completionTokens !== undefined;
  const unknownCost = isUsed ? strings.costUnknown : undefined;
  const texts: readonly (readonly [Figure["name"], string | undefined])[] = [
    ["model", figures.model.slice(figures.model.lastIndexOf("/") + 1)],
    ["window", figures.completionWindow],
    ["tokensIn", pair(tokensIn, cached)],
    ["tokensOut", pair(tokensOut, reasoning)],
    ["cost", figures.costUsd === undefined ? unknownCost : dollars(figures.costUsd, locale)],
    [
      "time",
      figures.firstTokenMs === undefined
        ? undefined
        : fill(strings.firstToken, seconds(figures.firstTokenMs, locale)),
    ],
    [
      "speed",
      figures.tokensPerSecond === undefined
        ? undefined
        : fill(strings.tokensPerSecond, count.format(Math.round(figures.tokensPerSecond))),
    ],
  ];
  return texts.flatMap(([name, text]) => (text === undefined ? [] : [{ name, text }]));
}

/** Seconds of `ms`: whole ones from ten on, tenths below, hundredths where tenths would say nothing. */
export function seconds(ms: number, locale: string): string {
  const value = ms / 1000;
  const digits = value >= 10 ? 0 : value >= 0.095 ? 1 : 2;
  return new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
}
