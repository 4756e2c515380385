import { describe, expect, it } from "vitest";
import {
  dayColumns,
  FIRST_CUSTOM_KIND,
  KIND,
  standardKindById,
  standardKindByKey,
  standardKinds,
} from "@/lib/intake/kinds";

describe("standard kinds", () => {
  it("are the twelve, each with its id, both names and a counter of its own", () => {
    expect(Object.fromEntries(standardKinds.map((kind) => [kind.key, kind.id]))).toEqual(
      Object.fromEntries(Object.entries(KIND).filter(([key]) => key !== "profile")),
    );
    expect(standardKinds.map((kind) => kind.column)).toEqual([...dayColumns]);
    expect(new Set(standardKinds.map((kind) => kind.id)).size).toBe(12);
    for (const kind of standardKinds) {
      expect(kind.id).toBeLessThan(FIRST_CUSTOM_KIND);
      expect(kind.names.zh).toMatch(/^\p{Script=Han}+$/u);
      expect(kind.names.en).toMatch(/^[A-Z][a-z ]+$/);
      expect(standardKindById(kind.id)).toBe(kind);
      expect(standardKindByKey(kind.key)).toBe(kind);
    }
    expect(standardKindById(KIND.profile)).toBeUndefined();
    expect(standardKindByKey("profile")).toBeUndefined();
  });

  it.each([
    ["order", { orderId: 17, currency: "CNY", items: [{ sku: 3, quantity: 2, price: "9.90" }] }],
    ["order", {}],
    ["refund", { orderId: "17", reason: "too small" }],
    ["search", { query: "" }],
    ["follow", { target: "shop 4" }],
    ["complaint", { topic: "delivery" }],
    ["view", {}],
  ])("%s takes %j, and what the sender adds", (key, properties) => {
    const result = standardKindByKey(key)!.properties.safeParse({ ...properties, colour: { of: ["sky"] } });
    expect(result.success).toBe(true);
    expect(result.data).toMatchObject({ colour: { of: ["sky"] } });
  });

  it("reads an id sent as a number as its text", () => {
    expect(standardKindByKey("order")!.properties.parse({ orderId: 17, items: [{ sku: 3 }] })).toEqual({
      orderId: "17",
      items: [{ sku: "3" }],
    });
  });

  it.each([
    ["order", { currency: "yuan" }, ["currency"]],
    ["order", { items: [{ name: "no sku" }] }, ["items", 0, "sku"]],
    ["refund", { items: "two" }, ["items"]],
    ["search", {}, ["query"]],
    ["follow", {}, ["target"]],
    ["cart", { sku: "" }, ["sku"]],
    ["login", "text", []],
  ])("%s refuses %j and names the place", (key, properties, path) => {
    const result = standardKindByKey(key)!.properties.safeParse(properties);
    expect(result.error?.issues[0]?.path).toEqual(path);
  });
});
