import { createHash } from "node:crypto";
import type { Columns, Row } from "./columns";
import { Fingerprints } from "./fingerprints";

/**
 * The message id of a row without an id of its own: a hash of its identifying cells, and which of the equal ones it is
 * in the file. So a file that is imported again names the same rows, also when rows were added at its end, and two equal
 * purchases of one day stay two.
 */
export class RowIdentity {
  private readonly seen = new Fingerprints();

  constructor(private readonly columns: Columns) {}

  messageId(row: Row): string {
    const cells = this.columns.identity.map((index) => row.cells[index]!.trim());
    const hash = createHash("sha256").update(JSON.stringify(cells)).digest("hex");
    return `import ${this.columns.kind} row ${hash} ${this.seen.count(hash)}`;
  }
}

/** The message id of an order that has an id: a refund of the same id is another message. */
export const orderMessageId = (orderId: string, isRefund: boolean): string =>
  `import ${isRefund ? "refund" : "order"} ${orderId}`;
