import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellNumber } from "@/lib/importing/cell-number";
import { Fingerprints } from "@/lib/importing/fingerprints";
import { guessMapping } from "@/lib/importing/header-guess";
import { csvLine, formulaSafe } from "@/lib/importing/reject-file";

describe("numbers in the notation of the file", () => {
  const cases: [string, "plain" | "1,234.56" | "1.234,56", string | null][] = [
    ["1234.50", "plain", "1234.5"],
    ["1,234.50", "plain", null],
    ["￥12", "plain", null],
    ["1,234.50", "1,234.56", "1234.5"],
    ["1234.50", "1,234.56", "1234.5"],
    ["¥1,234,567", "1,234.56", "1234567"],
    ["-¥12.00", "1,234.56", "-12"],
    ["¥-12.00", "1,234.56", "-12"],
    ["-¥-12.00", "1,234.56", null],
    ["CNY 12", "1,234.56", "12"],
    ["1,23", "1,234.56", null],
    ["1.234,56", "1,234.56", null],
    ["1.234,56", "1.234,56", "1234.56"],
    ["12,5", "1.234,56", "12.5"],
    ["1,234.56", "1.234,56", null],
    ["", "1,234.56", null],
    ["NaN", "1,234.56", null],
  ];
  it.each(cases)("%s as %s", (cell, notation, expected) => {
    const outcome = cellNumber(cell, notation, "amount");
    expect(outcome.ok ? outcome.value.toFixed() : null).toBe(expected);
  });
});

describe("columns guessed from a header", () => {
  it("of a Chinese shop system", () => {
    expect(
      guessMapping("orders", [
        "订单编号",
        "买家会员名",
        "买家实际支付金额",
        "订单付款时间",
        "手机号",
        "宝贝标题",
      ]),
    ).toEqual({
      columns: {
        customerId: "买家会员名",
        occurredAt: "订单付款时间",
        orderId: "订单编号",
        amount: "买家实际支付金额",
      },
      externalIds: { phone: "手机号" },
      keepOthers: true,
    });
  });

  it("takes the phone for the customer when nothing better is there", () => {
    expect(guessMapping("orders", ["手机号", "金额", "下单时间"]).columns).toMatchObject({
      customerId: "手机号",
    });
    expect(guessMapping("orders", ["手机号", "金额", "下单时间"]).externalIds).toEqual({});
  });

  it("of order lines: quantities and prices, no amount", () => {
    expect(
      guessMapping("orders", [
        "InvoiceNo",
        "StockCode",
        "Description",
        "Quantity",
        "InvoiceDate",
        "UnitPrice",
        "CustomerID",
      ]),
    ).toMatchObject({
      columns: { customerId: "CustomerID", orderId: "InvoiceNo", occurredAt: "InvoiceDate" },
      items: { sku: "StockCode", name: "Description", quantity: "Quantity", price: "UnitPrice" },
    });
  });

  it("of events and customers in English", () => {
    expect(guessMapping("events", ["user_id", "Event Name", "timestamp", "page"]).columns).toEqual({
      customerId: "user_id",
      event: "Event Name",
      occurredAt: "timestamp",
    });
    expect(guessMapping("customers", ["member-id", "E-Mail", "utm_source", "city"])).toMatchObject({
      columns: { customerId: "member-id", channel: "utm_source" },
    });
  });
});

describe("cells of a reject file", () => {
  const cases: [string, string][] = [
    ["=1+1", "'=1+1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["+cmd", "'+cmd"],
    ["-cmd", "'-cmd"],
    ["\t=1", "'\t=1"],
    ["\r=1", "'\r=1"],
    ["＝1", "'＝1"],
    ["＠x", "'＠x"],
    ["-12.50", "-12.50"],
    ["+7", "+7"],
    ["a=1", "a=1"],
    ["", ""],
  ];
  it.each(cases)("%j", (cell, safe) => expect(formulaSafe(cell)).toBe(safe));

  it("are read back by any CSV reader as they were, but for the apostrophe", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 5 }), (cells) => {
        const [row] = parse(csvLine(cells), { record_delimiter: "\r\n" });
        expect(row).toEqual(cells.map(formulaSafe));
        for (const cell of row as string[]) expect(cell).not.toMatch(/^[=@\t\r]/);
      }),
    );
  });
});

describe("fingerprints", () => {
  it("answer like a map, through growth", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 2 }), { maxLength: 200 }), (texts) => {
        const prints = new Fingerprints();
        const map = new Map<string, number>();
        for (const text of texts) {
          map.set(text, (map.get(text) ?? 0) + 1);
          expect(prints.count(text)).toBe(map.get(text));
        }
        for (const [text, n] of map) expect(prints.get(text)).toBe(n);
      }),
    );
    const many = new Fingerprints();
    for (let i = 0; i < 20_000; i++) many.set(`order ${i}`, i + 1);
    for (let i = 0; i < 20_000; i += 77) expect(many.get(`order ${i}`)).toBe(i + 1);
    expect(many.get("order 20000")).toBe(0);
  });
});
