import { cellNumber } from "./cell-number";
import type { Columns, Row } from "./columns";
import { type Fate, rowInstant } from "./draft";
import { customerDraft } from "./event-rows";
import { conditionInWords, type SkipCondition } from "./mapping";
import { RowIdentity } from "./row-identity";

/** Decides which rows the mapping leaves out. */
export class Skipping {
  private readonly identity: RowIdentity;

  constructor(
    private readonly columns: Columns,
    private readonly timeZone: string,
  ) {
    this.identity = new RowIdentity(columns);
  }

  /** The first condition that leaves the row out; undefined when none does. */
  condition(row: Row): SkipCondition | undefined {
    const { skip, numbers } = this.columns.mapping;
    const number = (text: string) => {
      const value = cellNumber(text, numbers, "");
      return value.ok ? value.value.toNumber() : null;
    };
    return skip.find((condition) => this.columns.holds(row, condition, number));
  }

  /** What becomes of a row that is left out; null for a row that is not. */
  fate(row: Row): Fate | null {
    const condition = this.condition(row);
    if (!condition) return null;
    const at = condition.keepCustomer ? rowInstant(this.columns, row, this.timeZone) : null;
    const draft = at
      ? customerDraft(this.columns, row, { messageId: this.identity.messageId(row), at })
      : null;
    return { is: "skipped", rows: [row], reason: conditionInWords(condition), draft };
  }
}
