import { maskText } from "./mask";

/** The name of a customer as the reader may see it: an e-mail address or a phone number is covered unless they may reveal. */
export const shownName = (displayKey: string, mayReveal: boolean): string =>
  mayReveal ? displayKey : maskText("", displayKey);

/** Rows as the reader may see them. */
export const shownRows = <T extends { displayKey: string }>(rows: readonly T[], mayReveal: boolean): T[] =>
  rows.map((row) => ({ ...row, displayKey: shownName(row.displayKey, mayReveal) }));
