import type { Exact } from "@/lib/intake/amount";
import type { Outcome } from "@/lib/intake/rejection";
import { cellNumber } from "./cell-number";
import type { Columns, Row } from "./columns";
import { commonFields, type Draft, type Fate, faultOf, refused, rowInstant, unreadableTime } from "./draft";
import { Fingerprints } from "./fingerprints";
import { orderMessageId, RowIdentity } from "./row-identity";

/** Turns rows that are orders into drafts: one row, one order. A second row of the same order id is refused. */
export class OrderRows {
  private readonly identity: RowIdentity;
  private readonly lines = new Fingerprints();

  constructor(
    private readonly columns: Columns,
    private readonly timeZone: string,
  ) {
    this.identity = new RowIdentity(columns);
  }

  add(row: Row): Fate {
    const { columns } = this;
    const amount = orderNumber(columns, columns.text(row, "amount"), "properties.revenue");
    const isRefund = isRefundRow(columns, row, amount);
    const named = columns.mapping.columns.orderId !== undefined;
    const orderId = columns.text(row, "orderId");
    if (named && orderId === "")
      return refused([row], "missing_field", columns.mapping.columns.orderId!, "The order id is empty");
    if (!amount.ok) return { is: "refused", rows: [row], fault: faultOf(columns, amount.rejection) };
    const occurredAt = rowInstant(columns, row, this.timeZone);
    if (!occurredAt) return unreadableTime(columns, [row], row);
    const messageId = named ? orderMessageId(orderId, isRefund) : this.identity.messageId(row);
    if (named) {
      const first = this.lines.get(messageId);
      if (first > 0)
        return refused([row], "duplicate_order", columns.mapping.columns.orderId!, duplicate(orderId, first));
      this.lines.set(messageId, row.line);
    }
    const money = { orderId: orderId || undefined, revenue: signed(amount.value, isRefund) };
    return { is: "draft", draft: orderDraft(columns, [row], { messageId, isRefund, money, occurredAt }) };
  }
}

const duplicate = (orderId: string, line: number) =>
  `Order ${orderId} is on line ${line} already; if rows are lines of an order, map items.quantity and items.price`;

/** The number of a cell, or the refusal with its place. */
export const orderNumber = (columns: Columns, cell: string, path: string): Outcome<Exact> =>
  cellNumber(cell, columns.mapping.numbers, path);

/** True when money goes back: one of the mapping's conditions holds; without conditions, when the amount is negative. */
export function isRefundRow(columns: Columns, row: Row, amount: Outcome<Exact>): boolean {
  const { refund, numbers } = columns.mapping;
  if (!refund) return amount.ok && amount.value.isNegative() && !amount.value.isZero();
  const number = (text: string) => {
    const value = cellNumber(text, numbers, "");
    return value.ok ? value.value.toNumber() : null;
  };
  return refund.some((condition) => columns.holds(row, condition, number));
}

// Text keeps it exact. A refund is negative in the store whichever sign it came with; an order must come positive, and intake says so.
export const signed = (amount: Exact, isRefund: boolean): string =>
  (isRefund ? amount.abs() : amount).toString();

/** The message of an order or refund made of those rows; ids, traits and channel are the first row's. */
export function orderDraft(
  columns: Columns,
  rows: readonly Row[],
  p: { messageId: string; isRefund: boolean; money: Record<string, unknown>; occurredAt: Date },
): Draft {
  const row = rows[0]!;
  const currency = columns.text(row, "currency") || columns.mapping.currency;
  return {
    type: "track",
    rows,
    message: {
      ...commonFields(columns, row),
      messageId: p.messageId,
      event: p.isRefund ? "Order Refunded" : "Order Completed",
      timestamp: p.occurredAt.toISOString(),
      properties: { ...columns.values(row, columns.properties), ...(currency && { currency }), ...p.money },
    },
  };
}
