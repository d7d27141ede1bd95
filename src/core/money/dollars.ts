/** US dollars with two significant digits below a cent. */
export function dollars(usd: number, locale: string): string {
  if (usd !== 0 && usd < 0.000001) return "< $0.000001";
  const digits = usd === 0 || usd >= 0.01 ? { maximumFractionDigits: 4 } : { maximumSignificantDigits: 2 };
  return `$${new Intl.NumberFormat(locale, { minimumFractionDigits: 2, ...digits }).format(usd)}`;
}
