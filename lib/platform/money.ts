const decimals = new Map<string, number>();

/** Decimals of the currency's minor unit: CNY 2, JPY 0, KWD 3; 2 for a code nobody knows. */
export function currencyDecimals(currency: string): number {
  let found = decimals.get(currency);
  if (found === undefined) {
    const format = new Intl.NumberFormat("en", { style: "currency", currency });
    found = format.resolvedOptions().maximumFractionDigits ?? 2;
    decimals.set(currency, found);
  }
  return found;
}

/** Minor units as money of the currency, in the reader's language. */
export function formatMoney(minorUnits: number, currency: string, locale: string): string {
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
  }).format(minorUnits / 10 ** currencyDecimals(currency));
}
