/** US dollars as people write them where `locale` is spoken, with two significant digits below a cent. */
export function dollars(usd: number, locale: string): string {
  const digits =
    usd === 0 || usd >= 0.01
      ? { minimumFractionDigits: 2, maximumFractionDigits: 4 }
      : { maximumSignificantDigits: 2 };
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency: "USD",
    // Just $, not US$, in Canada and elsewhere: that prices are in USD is said where they are set.
    currencyDisplay: "narrowSymbol",
    ...digits,
  });
  return usd !== 0 && usd < least ? `< ${format.format(least)}` : format.format(usd);
}

/** USD; less is not told apart. */
const least = 0.000001;
