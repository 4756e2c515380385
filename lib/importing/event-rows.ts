import type { Columns, Row } from "./columns";
import { commonFields, type Draft, type Fate, rowInstant, unreadableTime } from "./draft";
import { RowIdentity } from "./row-identity";

/** The statement a row makes about its customer and nothing else, dated by the row. */
export function customerDraft(columns: Columns, row: Row, p: { messageId: string; at: Date }): Draft {
  const message = { ...commonFields(columns, row), messageId: p.messageId, timestamp: p.at.toISOString() };
  return { type: "identify", message, rows: [row] };
}

/** Turns rows that are events into drafts: a message id of the file is used, else the row's own identity. */
export class EventRows {
  private readonly identity: RowIdentity;

  constructor(
    private readonly columns: Columns,
    private readonly timeZone: string,
  ) {
    this.identity = new RowIdentity(columns);
  }

  add(row: Row): Fate {
    const { columns } = this;
    const { amount, currency, orderId } = columns.mapping.columns;
    const occurredAt = rowInstant(columns, row, this.timeZone);
    if (!occurredAt) return unreadableTime(columns, [row], row);
    const message = {
      ...commonFields(columns, row),
      messageId: columns.text(row, "messageId") || this.identity.messageId(row),
      event: columns.text(row, "event"),
      timestamp: occurredAt.toISOString(),
      properties: {
        ...columns.values(row, columns.properties),
        ...(amount && { revenue: columns.text(row, "amount") }),
        ...(currency && { currency: columns.text(row, "currency") || columns.mapping.currency }),
        ...(orderId && { orderId: columns.text(row, "orderId") }),
      },
    };
    return { is: "draft", draft: { type: "track", message, rows: [row] } };
  }
}

/**
 * Turns rows that describe customers into drafts. Without a time of their own the statements are made at `statedAt`: the
 * present of the workspace, so that a workspace living in the past sees them.
 */
export class CustomerRows {
  private readonly identity: RowIdentity;

  constructor(
    private readonly columns: Columns,
    private readonly timeZone: string,
    private readonly statedAt: Date,
  ) {
    this.identity = new RowIdentity(columns);
  }

  add(row: Row): Fate {
    const { columns } = this;
    const at =
      columns.text(row, "occurredAt") === "" ? this.statedAt : rowInstant(columns, row, this.timeZone);
    if (!at) return unreadableTime(columns, [row], row);
    return {
      is: "draft",
      draft: customerDraft(columns, row, { messageId: this.identity.messageId(row), at }),
    };
  }
}
