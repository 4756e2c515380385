import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { faultInWords, type RowFault } from "./draft";

const FORMULA = /^[=+\-@\t\r＝＋－＠]/;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** A cell no spreadsheet takes for a formula: text that begins like one gets an apostrophe, numbers stay numbers. */
export const formulaSafe = (cell: string): string =>
  FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;

/** One CSV line, every cell quoted. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => `"${formulaSafe(cell).replaceAll('"', '""')}"`).join(",")}\r\n`;

/** A row that was refused, and why. */
export interface RefusedRow {
  line: number;
  cells: readonly string[];
  fault: RowFault;
}

/** Where refused rows are kept, in the order they were decided. */
export interface Rejects {
  add(row: RefusedRow): Promise<void>;
  /** Ends it; the path of the file when there is one. */
  close(): Promise<string | null>;
}

/** Refused rows that nobody asked to keep. */
export const noRejects: Rejects = { add: async () => {}, close: async () => null };

/**
 * The rows an import refused: the original columns, then `line` and `reason`. UTF-8 with a byte order mark, so that
 * spreadsheets read it right. The file comes to be with the first row.
 */
export class RejectFile implements Rejects {
  private stream: WriteStream | null = null;

  constructor(
    readonly path: string,
    private readonly header: readonly string[],
  ) {}

  async add(row: RefusedRow): Promise<void> {
    if (!this.stream) {
      this.stream = createWriteStream(this.path);
      this.stream.write(`\ufeff${csvLine([...this.header, "line", "reason"])}`);
    }
    const cells = Array.from(this.header, (_, index) => row.cells[index] ?? "");
    if (!this.stream.write(csvLine([...cells, String(row.line), faultInWords(row.fault)])))
      await once(this.stream, "drain");
  }

  async close(): Promise<string | null> {
    if (!this.stream) return null;
    this.stream.end();
    await once(this.stream, "finish");
    return this.path;
  }
}
