/** A number of tokens in few characters, e.g. 12.3k. */
export function compactCount(tokens: number, locale: string): string {
  if (tokens >= 1_000_000) return `${decimal(tokens / 1_000_000, locale)}M`;
  return tokens >= 1000 ? `${decimal(tokens / 1000, locale)}k` : decimal(tokens, locale);
}

function decimal(value: number, locale: string): string {
  const maximumFractionDigits = value < 100 ? 1 : 0;
  return new Intl.NumberFormat(locale, { maximumFractionDigits }).format(value);
}
