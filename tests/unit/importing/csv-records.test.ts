import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CsvRecord, MAX_RECORD_CHARS, readRecords } from "@/lib/importing/csv-records";

async function read(text: string, delimiter = ",", chunkSize = text.length || 1): Promise<CsvRecord[]> {
  async function* chunks() {
    for (let i = 0; i < text.length; i += chunkSize) yield text.slice(i, i + chunkSize);
  }
  const records: CsvRecord[] = [];
  for await (const batch of readRecords(chunks(), delimiter)) records.push(...batch);
  return records;
}

const cells = async (text: string, delimiter?: string) =>
  (await read(text, delimiter)).map((record) =>
    "cells" in record ? record.cells : `${record.line}: ${record.fault}`,
  );

const quoted = (rows: string[][], delimiter: string, lineEnd: string) =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter) + lineEnd).join("");

describe("records of a delimited text", () => {
  const cases: [string, string, unknown[]][] = [
    ["nothing", "", []],
    ["LF", "a,b\n1,2\n", [["a", "b"], ["1", "2"]]],
    ["CRLF", "a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]],
    ["CR", "a,b\r1,2\r", [["a", "b"], ["1", "2"]]],
    ["no line end at the end", "a,b\n1,2", [["a", "b"], ["1", "2"]]],
    ["empty cells", ",\n,,\n", [["", ""], ["", "", ""]]],
    ["empty lines", "\n\na\n\r\n\nb\n\n", [["a"], ["b"]]],
    ["quotes", '"a","b ""c"""\n"",x\n', [["a", 'b "c"'], ["", "x"]]],
    ["line breaks in quotes", '"a\nb","c\r\nd"\n', [["a\nb", "c\r\nd"]]],
    ["delimiters in quotes", '"a,b",c\n', [["a,b", "c"]]],
    ["quote then end", '"a"', [["a"]]],
    ["a quote inside", 'a,b"c\n1,2\n', ["1: column 2: a quote inside a value without quotes", ["1", "2"]]],
    ["text after a quote", '"a"b,c\n1,2\n', ["1: column 1: text after the closing quote", ["1", "2"]]],
    ["a space after a quote", '"a" ,c\n1,2\n', ["1: column 1: text after the closing quote", ["1", "2"]]],
    ["NUL is a character like any other", "a\0b,c\n", [["a\0b", "c"]]],
  ]; // biome-ignore format: a table
  it.each(cases)("%s", async (_, text, expected) => expect(await cells(text)).toEqual(expected));

  it("a quote that never closes costs its own line, and the lines after it keep their numbers", async () => {
    const text = 'id,name\n1,"ok"\n2,"lone\n3,fine\n4,"quoted, too"\n5,last\n';
    expect(await read(text)).toEqual([
      { line: 1, cells: ["id", "name"] },
      { line: 2, cells: ["1", "ok"] },
      { line: 3, fault: "column 2: text after the closing quote", raw: '2,"lone' },
      { line: 4, cells: ["3", "fine"] },
      { line: 5, cells: ["4", "quoted, too"] },
      { line: 6, cells: ["5", "last"] },
    ]);
    expect(await read('a\n"lone\nb\nc\n')).toEqual([
      { line: 1, cells: ["a"] },
      { line: 2, fault: "a quoted value that begins on this line is never closed", raw: '"lone' },
      { line: 3, cells: ["b"] },
      { line: 4, cells: ["c"] },
    ]);
  });

  it("numbers lines as an editor does, through line breaks in quotes of every kind", async () => {
    const text = 'h\r\n"1\r\n2\n3\r4"\r\nx\n\n"a"\ny';
    expect((await read(text)).map(({ line }) => line)).toEqual([1, 2, 6, 8, 9]);
  });

  it("a line of a million characters is read; one beyond the limit is a fault, and reading goes on after it", async () => {
    const long = "x".repeat(1_000_000);
    expect(
      (await read(`a,b\n${long},1\nc,d\n`, ",", 65_536)).map((r) => ("cells" in r ? r.cells[1] : r.fault)),
    ).toEqual(["b", "1", "d"]);
    for (const endless of ["x".repeat(3 * MAX_RECORD_CHARS), `"${"x".repeat(3 * MAX_RECORD_CHARS)}`]) {
      const records = await read(`a,b\n${endless}\nc,d\n`, ",", 65_536);
      expect(records.map((r) => ("cells" in r ? r.cells.join() : r.fault))).toEqual([
        "a,b",
        `longer than ${MAX_RECORD_CHARS} characters`,
        "c,d",
      ]);
      expect(records.map(({ line }) => line)).toEqual([1, 2, 3]);
    }
  });

  const cell = fc.string({
    unit: fc.constantFrom("a", "1", " ", ",", ";", "\t", '"', "\n", "\r", "é", "汉", "👍", "\0", "'"),
  });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { maxLength: 8 });
  const delimiter = fc.constantFrom(",", ";", "\t");

  it("round trip: what was written with quotes is read back, in chunks of any size", async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        delimiter,
        fc.constantFrom("\n", "\r\n", "\r"),
        fc.integer({ min: 1, max: 50 }),
        async (rows, by, end, size) => {
          const records = await read(quoted(rows, by, end), by, size);
          expect(records.map((record) => ("cells" in record ? record.cells : record))).toEqual(rows);
        },
      ),
    );
  });

  it("agrees with csv-parse on every text that csv-parse takes", async () => {
    const text = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "b"), maxLength: 30 });
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(text, async (sample) => {
        let expected: string[][];
        try {
          expected = parse(sample, {
            relax_column_count: true,
            skip_empty_lines: true,
            record_delimiter: "\n",
          });
        } catch {
          return;
        }
        compared += 1;
        expect(await cells(sample)).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
    expect(compared).toBeGreaterThan(500);
  });

  it("does not depend on where chunks end, faults included, and accounts for every line", async () => {
    const text = fc.string({ unit: fc.constantFrom("a", ",", '"', '"', "\n", "\r", "b"), maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 7 }), async (sample, size) => {
        const whole = await read(sample);
        expect(await read(sample, ",", size)).toEqual(whole);
        const lines = sample.split(/\r\n|\r|\n/);
        for (const record of whole) expect(lines[record.line - 1]).not.toBe("");
      }),
      { numRuns: 2000 },
    );
  });
});
