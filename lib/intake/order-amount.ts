import { exactDecimal, toMinorUnits } from "./amount";
import { itemsTotal } from "./commerce-properties";
import { KIND } from "./kinds";
import { refuse, take } from "./rejection";

type Fields = Record<string, unknown>;

const amountFields = ["revenue", "total", "value", "subtotal"] as const;

/** True for the two kinds that move money. */
export const isMoney = (kind: number | string): kind is number => kind === KIND.order || kind === KIND.refund;

/**
 * Minor units of an order, or of a refund with a minus whichever sign was sent: revenue, total, value, subtotal, else the
 * sum of the items. Refuses an order without an amount: it would count as an order and not as money.
 */
export function orderAmount(kind: number, properties: Fields, currency: string): number {
  assertCurrency(properties.currency, currency);
  const field = amountFields.find((name) => isGiven(properties[name]));
  const path = field ? `properties.${field}` : "properties.products";
  const value = field ? take(exactDecimal(properties[field], path)) : itemsTotal(properties.items);
  if (!value)
    refuse(
      "missing_amount",
      "properties.revenue",
      "An order or refund needs properties.revenue, total, value or subtotal, or products that all have a price",
    );
  const minor = take(toMinorUnits(value, currency, path));
  if (kind === KIND.refund) return 0 - Math.abs(minor);
  if (minor < 0)
    refuse("bad_amount", path, `${path} of an order is negative; money given back is "Order Refunded"`);
  return minor;
}

/** Minor units of the revenue an event of a custom kind carries (ads, fees …); null when it names none. */
export function carriedRevenue(properties: Fields, currency: string): number | null {
  if (!isGiven(properties.revenue)) return null;
  assertCurrency(properties.currency, currency);
  const path = "properties.revenue";
  return take(toMinorUnits(take(exactDecimal(properties.revenue, path)), currency, path));
}

function assertCurrency(sent: unknown, currency: string): void {
  if (!isGiven(sent)) return;
  if (typeof sent === "string" && sent.trim().toUpperCase() === currency) return;
  const path = "properties.currency";
  const found = JSON.stringify(sent).slice(0, 40);
  refuse("currency_mismatch", path, `${path} is ${found}, but the workspace counts in ${currency}`);
}

const isGiven = (value: unknown) => value !== undefined && value !== null && value !== "";
