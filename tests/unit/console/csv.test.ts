import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { csvCell, csvLine, csvResponse } from "@/lib/platform/http/csv";

const cell = fc.oneof(
  fc.string({ unit: "binary" }).filter((text) => !text.includes("\0")),
  fc.constantFrom("=1+1", "@cmd", "+86", "-", "\t=1", '"', "a,b", "第一行\n第二行", "＝HYPERLINK()", "😀"),
);

test("whatever a customer is called, no cell starts a formula", () => {
  fc.assert(
    fc.property(cell, (text) => {
      expect(csvCell(text)).not.toMatch(/^"[=+\-@\t\r＝＋－＠]/);
    }),
  );
});

test("a reader gets back what was written, formulas as text", () => {
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (texts) => {
      const read = parse(csvLine(texts), { record_delimiter: "\r\n" })[0] as string[];
      expect(read).toEqual(texts.map((text) => (/^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text)));
    }),
  );
});

test("numbers stay numbers, no data stays empty", () => {
  expect(csvLine(["a", -12.5, 0, null])).toBe('"a",-12.5,0,\r\n');
});

test("a download starts with the byte order mark and streams page by page", async () => {
  async function* pages() {
    yield [["张三", 1]];
    yield [["李四", null]];
  }
  const response = csvResponse("用户.csv", ["name", "=n"], pages());
  expect(response.headers.get("content-disposition")).toContain(encodeURIComponent("用户.csv"));
  const bytes = Buffer.from(await response.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(bytes.toString("utf8").slice(1)).toBe('"name","\'=n"\r\n"张三",1\r\n"李四",\r\n');
});
