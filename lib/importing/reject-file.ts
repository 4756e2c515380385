import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";

const FORMULA = /^[=+\-@\t\r＝＋－＠]/;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** A cell no spreadsheet takes for a formula: text that begins like one gets an apostrophe, numbers stay numbers. */
export const formulaSafe = (cell: string): string =>
  FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;

/** One CSV line, every cell quoted. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => `"${formulaSafe(cell).replaceAll('"', '""')}"`).join(",")}\r\n`;

/**
 * The rows an import refused: the original columns, then `line` and `reason`. UTF-8 with a byte order mark, so that
 * spreadsheets read it right. The file comes to be with the first row.
 */
export class RejectFile {
  private stream: WriteStream | null = null;

  constructor(
    readonly path: string | null,
    private readonly header: readonly string[],
  ) {}

  async add(row: { line: number; cells: readonly string[]; reason: string }): Promise<void> {
    if (this.path === null) return;
    if (!this.stream) {
      this.stream = createWriteStream(this.path);
      this.stream.write(`\ufeff${csvLine([...this.header, "line", "reason"])}`);
    }
    const cells = Array.from(this.header, (_, index) => row.cells[index] ?? "");
    if (!this.stream.write(csvLine([...cells, String(row.line), row.reason])))
      await once(this.stream, "drain");
  }

  /** Ends the file; the path of it when there is one. */
  async close(): Promise<string | null> {
    if (!this.stream) return null;
    this.stream.end();
    await once(this.stream, "finish");
    return this.path;
  }
}
