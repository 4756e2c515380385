import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localFile } from "@/lib/importing/import-bytes";
import { readText, sniffEncoding } from "@/lib/importing/text-file";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "text-file-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const text = "订单号,金额\n1,一二三 é 👍\n";
const utf16be = (value: string) => Buffer.from(value, "utf16le").swap16();
// Node decodes GB18030 and cannot write it: these are the bytes of `text`.
const gb18030 = Buffer.from("b6a9b5a5bac52cbdf0b6ee0a312cd2bbb6fec8fd20a8a6209439d1310a", "hex");

const file = (bytes: Buffer, name = "file.csv") => {
  const place = path.join(folder, name);
  writeFileSync(place, bytes);
  return place;
};
const readAll = async (place: string) => {
  let all = "";
  for await (const chunk of readText(localFile(place), await sniffEncoding(localFile(place)))) all += chunk;
  return all;
};

describe("the encoding of a file", () => {
  const bom = "\ufeff";
  const cases: [string, () => Buffer, string][] = [
    ["UTF-8", () => Buffer.from(text), "utf-8"],
    ["UTF-8 with a mark", () => Buffer.from(bom + text), "utf-8"],
    ["UTF-16 LE with a mark", () => Buffer.from(bom + text, "utf16le"), "utf-16le"],
    ["UTF-16 LE", () => Buffer.from(text, "utf16le"), "utf-16le"],
    ["UTF-16 BE with a mark", () => utf16be(bom + text), "utf-16be"],
    ["UTF-16 BE", () => utf16be(text), "utf-16be"],
    ["GB18030", () => gb18030, "gb18030"],
    [
      "GB18030 that begins with 200 KB of ASCII",
      () => Buffer.concat([Buffer.from("plain,ascii\n".repeat(17_000)), gb18030]),
      "gb18030",
    ],
    ["ASCII", () => Buffer.from("a,b\n1,2\n"), "utf-8"],
    [
      "UTF-8 with a few NUL",
      () => Buffer.from("a,b\n1,\0\n".repeat(2) + "plain,ascii\n".repeat(50)),
      "utf-8",
    ],
    ["nothing", () => Buffer.alloc(0), "utf-8"],
  ];
  it.each(cases)("%s", async (_, bytes, encoding) => {
    const place = file(bytes());
    expect(await sniffEncoding(localFile(place))).toBe(encoding);
    const [plain, packed] = [await readAll(place), await readAll(file(gzipSync(bytes()), "file.csv.gz"))];
    expect(packed).toBe(plain);
    if (plain.includes("订单号")) expect(plain.endsWith(text)).toBe(true);
    expect(plain.startsWith(bom)).toBe(false);
  });

  it("a damaged gzip and a missing file are named", async () => {
    const packed = gzipSync(Buffer.from(text.repeat(1000)));
    const place = file(packed.subarray(0, packed.length - 10), "cut.csv.gz");
    await expect(readAll(place)).rejects.toThrow(/cut\.csv\.gz is a damaged or cut off gzip file/);
    await expect(sniffEncoding(localFile(path.join(folder, "none.csv")))).rejects.toThrow(
      /none\.csv cannot be read/,
    );
  });
});
