import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

export interface Line {
  invoice: string;
  quantity: number;
  price: number;
  customer: string;
}

// Two texts before the quantity, of which the second may be quoted and hold commas and doubled quotes.
const LINE = /^([^,]*),[^,]*,(?:"(?:[^"]|"")*"|[^,]*),(-?\d+),[^,]*,([-\d.]+),([^,]*),/;

/** The invoice lines of the file, read without any code of the importer. */
export function readLines(file: string): Line[] {
  const text = gunzipSync(readFileSync(file)).toString("utf8").trimEnd();
  return text
    .split("\n")
    .slice(1)
    .map((line) => {
      const found = LINE.exec(line);
      if (!found) throw new Error(`Not an invoice line: ${line}`);
      const [, invoice = "", quantity, price, customer = ""] = found;
      return { invoice, quantity: Number(quantity), price: Number(price), customer };
    });
}
