import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { looksPersonal, maskJson, maskText } from "@/lib/customers/mask";

describe("what is personal, and how it is covered", () => {
  test.each([
    ["email", "ana.lee@shop.example.com", "a***@s***.com"],
    ["contactEmail", "x@y.cn", "***@***.cn"],
    ["user", "ana@shop.cn", "a***@s***.cn"],
    ["email", "not an address", "n***"],
    ["note", "写信到 ana@shop.cn 或打 13812345678。", "写信到 a***@s***.cn 或打 138****5678。"],
    ["phone", "13812345678", "138****5678"],
    ["user", "13812345678", "138****5678"],
    ["anything", "+86 138 1234 5678", "+86 138****5678"],
    ["mobile_no", "86-13812345678", "86-138****5678"],
    ["手机号", "(010) 6552 9988", "010****9988"],
    ["tel", "65529988", "****88"],
    ["phone", "n/a", "****"],
    ["user", "+1 (415) 555-2671", "+14****2671"],
    ["id_card", "11010519491231002X", "110********2X"],
    ["anything", "证件 11010519491231002X 已核", "证件 110********2X 已核"],
    ["身份证", "110105491231002", "110********02"],
    ["passport_no", "E12345", "********"],
    ["bankCard", "6222021234567890123", "****0123"],
    ["wechat_openid", "oGZUI0egBJY1zhBYw2KhdUfwVJJE", "oG***JE"],
    ["union_id", "o6_bmasdasdsad6_2sgVt7hMZOPfL", "o6***fL"],
    ["anything", "oGZUI0egBJY1zhBYw2KhdUfwVJJE", "oG***JE"],
    ["imei", "356938035643809", "35***09"],
    ["ip_address", "203.0.113.7", "203***"],
    ["name", "张三丰", "张**"],
    ["name", "王", "**"],
    ["firstName", "Ana Maria", "A**"],
    ["昵称", "👩‍👩‍👧 一家", "👩‍👩‍👧**"],
    ["收货人", "李雷", "李**"],
    ["shipping_address", "上海市浦东新区世纪大道 1 号", "上海市***"],
    ["birthday", "1990-01-02", "1990***"],
  ])("%s: %s → %s", (key, value, masked) => {
    expect(maskText(key, value)).toBe(masked);
    expect(looksPersonal(key, value)).toBe(true);
  });

  test.each([
    ["user", "17850"],
    ["user", "00001"],
    ["user", "shop-0001"],
    ["user", "1380013800"], // ten digits
    ["user", "138123456789"], // twelve
    ["order_id", "ORD13812345678"],
    ["order_id", "110105994912310025"], // no month 99
    ["anonymous", "0b6f7c9e-2d1a-4f7e-9a51-138123456780"],
    ["product_name", "Tea, 100 g"],
    ["hotel", "Grand"],
    ["email_opt_in", "yes"],
    ["channel", "douyin"],
    ["city", "上海"],
    ["title", "Order Completed"],
    ["name", ""],
    ["phone", "  "],
    ["url", "https://shop.cn/p/42?at=2026-01-01"],
  ])("%s: %s is nobody's", (key, value) => {
    expect(maskText(key, value)).toBe(value);
    expect(looksPersonal(key, value)).toBe(false);
  });

  test.each([true, null, undefined, {}, []])("%j is no text", (value) => {
    expect(looksPersonal("email", value)).toBe(false);
  });
});

test("JSON is covered at any depth and keeps its shape; the names of goods stay", () => {
  const order = {
    orderId: "A-1",
    items: [{ sku: "tea", name: "绿茶", quantity: 2 }],
    receiver: { name: "李雷", phone: 13812345678, tags: ["vip", "ana@shop.cn"], vip: true, note: null },
    emails: ["ana@shop.cn"],
  };
  expect(maskJson("properties", order)).toEqual({
    orderId: "A-1",
    items: [{ sku: "tea", name: "绿茶", quantity: 2 }],
    receiver: { name: "李**", phone: "138****5678", tags: ["vip", "a***@s***.cn"], vip: true, note: null },
    emails: ["a***@s***.cn"],
  });
});

const keys = fc.constantFrom(
  ..."email phone id_card bank_card openid imei ip name address birthday note user 姓名 手机".split(" "),
);
const texts = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom("1", "3", "8", "*", "@", ".", "-", "+", " ", "a", "é", "王", "👩‍👩‍👧") }),
  fc.emailAddress(),
  fc.tuple(fc.emailAddress(), fc.string(), fc.emailAddress()).map((parts) => parts.join("")),
);
const isLoneSurrogate = /\p{Surrogate}/u;

test("masking twice is masking once", () => {
  fc.assert(
    fc.property(keys, texts, (key, text) => {
      const masked = maskText(key, text);
      expect(maskText(key, masked)).toBe(masked);
    }),
    { numRuns: 3000 },
  );
});

test("no character is cut in half", () => {
  fc.assert(
    fc.property(keys, fc.string({ unit: "grapheme" }), (key, text) => {
      if (!isLoneSurrogate.test(text)) expect(maskText(key, text)).not.toMatch(isLoneSurrogate);
    }),
    { numRuns: 1000 },
  );
});

test("a long text is read once", () => {
  const started = performance.now();
  for (const text of [
    "a".repeat(100_000),
    "1".repeat(100_000),
    "a@".repeat(50_000),
    "a@b.com@".repeat(12_000),
    "*".repeat(100_000),
  ])
    for (const key of ["note", "email", "phone", "name"]) maskText(key, text);
  expect(performance.now() - started).toBeLessThan(5_000);
});

/** A text of letters and digits whose middle is the secret: whatever it is, the mask is the same. */
const secretOf = (least: number) =>
  fc.string({ unit: fc.constantFrom(..."abcxyz0123456789"), minLength: least, maxLength: 40 });

test.each([
  ["name", "J", 1, ""],
  ["address", "Ave", 3, ""],
  ["openid", "oG", 4, "JE"],
  ["id_card", "110", 6, "2X"],
  ["bank_card", "", 8, "0123"],
  ["phone", "138", 4, "5678"],
  ["email", "a", 1, "@shop.com"],
  ["email", "a@s", 1, ".com"],
])("the mask of a %s says nothing of what it hides, not even how long it is", (key, head, least, tail) => {
  fc.assert(
    fc.property(secretOf(least), secretOf(least), (one, other) => {
      const masked = maskText(key, head + one + tail);
      expect(maskText(key, head + other + tail)).toBe(masked);
      if (one.length > 5) expect(masked).not.toContain(one);
    }),
  );
});
