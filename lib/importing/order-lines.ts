import { Exact } from "@/lib/intake/amount";
import { AppError } from "@/lib/platform/errors";
import type { Columns, Row } from "./columns";
import { type Fate, faultOf, refused, rowInstant, unreadableTime } from "./draft";
import { Fingerprints } from "./fingerprints";
import { isRefundRow, orderDraft, orderNumber, signed } from "./orders";
import { orderMessageId } from "./row-identity";

/** Most lines that may wait for the rest of their order, and most unreadable lines of a file. */
export const MAX_HELD_LINES = 200_000;
const MAX_DAMAGED = 100_000;

/**
 * What a first reading of the file learns about its orders: which of them have lines in several places, and which have a
 * line nobody can read. Memory is about 20 bytes an order, whatever the lines hold.
 */
export class OrderSurvey {
  private readonly runs = new Fingerprints();
  private current: string | null = null;
  /** Unreadable lines by the order they may belong to: the one they name, and the one they stand in. */
  private readonly damaged = new Map<string, { line: number; named: string | null }[]>();
  private damages = 0;

  /** A line of that order was seen. */
  line(orderId: string): void {
    if (orderId === this.current) return;
    this.current = orderId;
    this.runs.count(orderId);
  }

  /** A line that cannot be read, and the order it names as far as one can tell. */
  damage(line: number, named: string | null): void {
    this.damages += 1;
    if (this.damages > MAX_DAMAGED)
      throw new AppError(
        "bad_input",
        `More than ${MAX_DAMAGED} unreadable lines: is this a CSV file, in this encoding?`,
      );
    for (const id of new Set([named, this.current])) {
      if (id !== null) this.damaged.set(id, [...(this.damaged.get(id) ?? []), { line, named }]);
    }
  }

  isScattered = (orderId: string): boolean => this.runs.get(orderId) > 1;

  /** The unreadable line that belongs to the order: it names it, or stands in it and names no order of the file. */
  damagedLine(orderId: string): number | undefined {
    const belongs = ({ named }: { named: string | null }) =>
      named === orderId || named === null || this.runs.get(named) === 0;
    return this.damaged.get(orderId)?.find(belongs)?.line;
  }
}

/**
 * Turns rows that are lines of orders into drafts, one an order. Lines that stand together are closed when the next order
 * begins; an order with lines in several places waits for the end of the file, so amounts are exact wherever lines stand.
 */
export class OrderLines {
  private current: Row[] = [];
  private currentId: string | null = null;
  private currentIsScattered = false;
  private readonly scattered = new Map<string, Row[]>();
  private held = 0;

  constructor(
    private readonly columns: Columns,
    private readonly timeZone: string,
    private readonly survey: OrderSurvey,
  ) {}

  *add(row: Row): Generator<Fate> {
    const orderId = this.columns.text(row, "orderId");
    if (orderId === "") {
      yield refused([row], "missing_field", this.columns.mapping.columns.orderId!, "The order id is empty");
      return;
    }
    if (orderId !== this.currentId) {
      yield* this.closeCurrent();
      this.currentId = orderId;
      this.currentIsScattered = this.survey.isScattered(orderId);
    }
    if (!this.currentIsScattered) {
      this.current.push(row);
      if (this.current.length > MAX_HELD_LINES)
        throw new AppError(
          "bad_input",
          `Order ${orderId} has more than ${MAX_HELD_LINES} lines: is this the column of order ids?`,
        );
      return;
    }
    this.held += 1;
    if (this.held > MAX_HELD_LINES)
      throw new AppError(
        "bad_input",
        `More than ${MAX_HELD_LINES} lines belong to orders that stand in several places: sort the file by order id`,
      );
    const rows = this.scattered.get(orderId);
    if (rows) rows.push(row);
    else this.scattered.set(orderId, [row]);
  }

  *end(): Generator<Fate> {
    yield* this.closeCurrent();
    for (const [orderId, rows] of this.scattered) yield this.order(orderId, rows);
    this.scattered.clear();
  }

  private *closeCurrent(): Generator<Fate> {
    const rows = this.current;
    this.current = [];
    if (this.currentId !== null && rows.length > 0) yield this.order(this.currentId, rows);
  }

  private order(orderId: string, rows: readonly Row[]): Fate {
    const { columns } = this;
    const damaged = this.survey.damagedLine(orderId);
    if (damaged !== undefined)
      return refused(
        rows,
        "incomplete_order",
        null,
        `Line ${damaged} of order ${orderId} cannot be read, so its amount is unknown`,
      );
    for (const field of ["customerId", "anonymousId", "currency"] as const) {
      const other = rows.find((row) => columns.text(row, field) !== columns.text(rows[0]!, field));
      if (other) {
        const column = columns.mapping.columns[field]!;
        return refused(
          rows,
          "contradicting_lines",
          column,
          `Lines of order ${orderId} differ in ${column} (line ${other.line})`,
        );
      }
    }
    let earliest = new Date(8.64e15);
    let total = new Exact(0);
    const items: Record<string, unknown>[] = [];
    for (const row of rows) {
      const at = rowInstant(columns, row, this.timeZone);
      if (!at) return unreadableTime(columns, rows, row);
      if (at < earliest) earliest = at; // tills write an order over a minute or two; it began with its first line
      const quantity = orderNumber(columns, columns.item(row, "quantity"), "properties.items[0].quantity");
      const price = orderNumber(columns, columns.item(row, "price"), "properties.items[0].price");
      for (const number of [quantity, price]) {
        if (number.ok) continue;
        const fault = faultOf(columns, number.rejection);
        return { is: "refused", rows, fault: { ...fault, message: `line ${row.line}: ${fault.message}` } };
      }
      if (!quantity.ok || !price.ok) continue;
      total = total.plus(quantity.value.times(price.value));
      const [sku, name] = [columns.item(row, "sku"), columns.item(row, "name")];
      items.push({
        sku: sku || name || "-",
        ...(name && { name }),
        quantity: quantity.value.toNumber(),
        price: price.value.toNumber(),
      });
    }
    const isRefund = isRefundRow(columns, rows[0]!, { ok: true, value: total });
    const money = { orderId, revenue: signed(total, isRefund), items };
    return {
      is: "draft",
      draft: orderDraft(columns, rows, {
        messageId: orderMessageId(orderId, isRefund),
        isRefund,
        money,
        occurredAt: earliest,
      }),
    };
  }
}
