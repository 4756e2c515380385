/** One record of a delimited file: the physical line it begins on (from 1), and its cells, or why it has none. */
export type CsvRecord =
  | { line: number; cells: string[] }
  | {
      line: number;
      fault: string /** The physical line as it stands, cut to a readable length. */;
      raw: string;
    };

/** Longest record; a longer one is a fault of its first line, so that memory stays bounded whatever the file. */
export const MAX_RECORD_CHARS = 1_048_576;

const MAX_RAW_CHARS = 8_192;

const QUOTE = 34;
const LF = 10;
const CR = 13;

/**
 * Reads RFC 4180 text (quotes, doubled quotes, line breaks in quotes; LF, CRLF or CR) as a stream, in batches as chunks
 * arrive. A quote that is misplaced or never closed costs the line it stands on and nothing else: reading goes on at the
 * next physical line. That is what general parsers do not offer (they fail, or swallow the lines up to the next quote).
 * Empty lines are no records.
 */
export async function* readRecords(
  chunks: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<CsvRecord[], void, void> {
  const reader = new RecordReader(delimiter);
  for await (const chunk of chunks) {
    const records = reader.push(chunk);
    if (records.length > 0) yield records;
  }
  const last = reader.end();
  if (last.length > 0) yield last;
}

type Scan =
  | { is: "record"; cells: string[]; end: number }
  | { is: "fault"; message: string }
  | { is: "unfinished" };

class RecordReader {
  private text = "";
  private line = 1;
  /** Inside a line that was too long to keep: discard up to its end. */
  private skipping = false;

  constructor(private readonly delimiter: string) {}

  push(chunk: string): CsvRecord[] {
    this.text += chunk;
    return this.take(false);
  }

  end(): CsvRecord[] {
    return this.take(true);
  }

  private take(atEnd: boolean): CsvRecord[] {
    const records: CsvRecord[] = [];
    let start = 0;
    while (start < this.text.length) {
      const lineEnd = this.lineEnd(start, atEnd);
      if (this.skipping) {
        start = lineEnd ?? this.text.length;
        if (lineEnd === null) break;
        this.skipping = false;
        this.line += 1;
        continue;
      }
      if (lineEnd !== null && this.isBlank(start, lineEnd)) {
        start = lineEnd;
        this.line += 1;
        continue;
      }
      const isLong = this.text.length - start > MAX_RECORD_CHARS;
      let scan: Scan = lineEnd === null && !isLong ? { is: "unfinished" } : this.scan(start, atEnd);
      if (scan.is === "unfinished" && (isLong || atEnd))
        scan = { is: "fault", message: this.endless(lineEnd) };
      if (scan.is === "record" && scan.end - start > MAX_RECORD_CHARS)
        scan = { is: "fault", message: tooLong };
      if (scan.is === "unfinished") break;
      if (scan.is === "record") {
        records.push({ line: this.line, cells: scan.cells });
        this.line += countLines(this.text, start, scan.end);
        start = scan.end;
      } else {
        const raw = this.text.slice(start, Math.min(lineEnd ?? this.text.length, start + MAX_RAW_CHARS));
        records.push({ line: this.line, fault: scan.message, raw: raw.replace(/[\r\n]+$/, "") });
        this.skipping = lineEnd === null;
        this.line += lineEnd === null ? 0 : 1;
        start = lineEnd ?? this.text.length;
      }
    }
    this.text = this.text.slice(start);
    return records;
  }

  private endless(lineEnd: number | null): string {
    return lineEnd === null ? tooLong : "a quoted value that begins on this line is never closed";
  }

  /** Offset just after the physical line; null when its end has not arrived. At the end of the file the end is an end. */
  private lineEnd(start: number, atEnd: boolean): number | null {
    for (let i = start; i < this.text.length; i++) {
      const code = this.text.charCodeAt(i);
      if (code === LF) return i + 1;
      if (code !== CR) continue;
      if (i + 1 < this.text.length) return this.text.charCodeAt(i + 1) === LF ? i + 2 : i + 1;
      return atEnd ? i + 1 : null; // an LF may be the next chunk's first character
    }
    return atEnd ? this.text.length : null;
  }

  private isBlank(start: number, end: number): boolean {
    const first = this.text.charCodeAt(start);
    return end - start <= 2 && (first === LF || first === CR);
  }

  /** The record that begins at `start`; unfinished when the text ends before it does. */
  private scan(start: number, atEnd: boolean): Scan {
    const { text } = this;
    const separator = this.delimiter.charCodeAt(0);
    const cells: string[] = [];
    let i = start;
    for (;;) {
      let value: string;
      if (text.charCodeAt(i) === QUOTE) {
        const quoted = this.quoted(i);
        if (quoted === null) return { is: "unfinished" };
        value = quoted.value;
        i = quoted.end;
        if (i >= text.length && !atEnd) return { is: "unfinished" };
        const next = text.charCodeAt(i);
        if (i < text.length && next !== separator && next !== LF && next !== CR)
          return { is: "fault", message: `column ${cells.length + 1}: text after the closing quote` };
      } else {
        const from = i;
        let code = text.charCodeAt(i);
        while (i < text.length && code !== separator && code !== LF && code !== CR) {
          if (code === QUOTE)
            return {
              is: "fault",
              message: `column ${cells.length + 1}: a quote inside a value without quotes`,
            };
          code = text.charCodeAt(++i);
        }
        if (i >= text.length && !atEnd) return { is: "unfinished" };
        value = text.slice(from, i);
      }
      cells.push(value);
      if (i >= text.length) return { is: "record", cells, end: i };
      const code = text.charCodeAt(i);
      if (code === separator) {
        i += 1;
        continue;
      }
      if (code === LF) return { is: "record", cells, end: i + 1 };
      if (i + 1 >= text.length && !atEnd) return { is: "unfinished" };
      return { is: "record", cells, end: text.charCodeAt(i + 1) === LF ? i + 2 : i + 1 };
    }
  }

  /** The quoted value that opens at `open`, and the offset after its closing quote; null when it does not close here. */
  private quoted(open: number): { value: string; end: number } | null {
    let value = "";
    let from = open + 1;
    for (;;) {
      const quote = this.text.indexOf('"', from);
      if (quote < 0 || quote - open > MAX_RECORD_CHARS) return null;
      value += this.text.slice(from, quote);
      if (this.text.charCodeAt(quote + 1) !== QUOTE) return { value, end: quote + 1 };
      value += '"';
      from = quote + 2;
    }
  }
}

const tooLong = `longer than ${MAX_RECORD_CHARS} characters`;

function countLines(text: string, start: number, end: number): number {
  let lines = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === LF || (code === CR && text.charCodeAt(i + 1) !== LF)) lines += 1;
  }
  return lines;
}
