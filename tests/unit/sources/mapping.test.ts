import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileMapping, NO_MAPPING, sourceMapping } from "@/lib/sources/mapping";

const mapping = sourceMapping.parse({
  events: [
    { from: "支付成功", to: "order" },
    { from: "heartbeat", to: null },
  ],
  properties: [
    { event: "支付成功", from: "总价", to: "revenue" },
    { event: null, from: "来源", to: "channel" },
  ],
  defaults: [{ event: "支付成功", property: "currency", value: "CNY" }],
});
const apply = compileMapping(mapping);
const track = (event: string, properties: object) => ({ type: "track", event, properties });

describe("a mapping", () => {
  test("renames an event and its properties, and gives what is missing", () => {
    expect(apply(track("支付成功", { 总价: "12.50", 来源: "抖音" }), "track")).toEqual({
      message: track("order", { revenue: "12.50", channel: "抖音", currency: "CNY" }),
    });
  });

  test("keeps to the event it names, whatever its case and separators", () => {
    expect(apply(track("view", { 总价: 1, 来源: "a" }), "track")).toEqual({
      message: track("view", { 总价: 1, channel: "a" }),
    });
    expect(apply(track("Heart_Beat", {}), "track")).toBe("dropped");
  });

  test("leaves what the sender said in our words", () => {
    const said = { 总价: 1, revenue: 2, currency: "USD" };
    expect(apply(track("支付成功", said), "track")).toEqual({ message: track("order", said) });
  });

  test("applies to every event's properties on pages, and to nothing of an identify", () => {
    expect(apply({ properties: { 来源: "a" } }, "page")).toEqual({
      message: { properties: { channel: "a" } },
    });
    const identify = { type: "identify", traits: { 来源: "a" }, event: "heartbeat" };
    expect(apply(identify, "identify")).toEqual({ message: identify });
  });

  test("never changes the message it is given, and none changes nothing", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom("track", "page", "alias", 7), (value, type) => {
        const before = JSON.stringify(value);
        apply(value, type);
        expect(JSON.stringify(value)).toBe(before);
        expect(compileMapping(NO_MAPPING)(value, type)).toEqual({ message: value });
      }),
    );
  });

  test("takes names that are properties of every object for names", () => {
    const odd = compileMapping({ ...NO_MAPPING, properties: [{ event: null, from: "toString", to: "a" }] });
    expect(odd(track("x", {}), "track")).toEqual({ message: track("x", {}) });
    expect(sourceMapping.safeParse({ ...NO_MAPPING, events: [{ from: "__proto__", to: "a" }] }).success).toBe(
      false,
    );
  });

  test("has one line for a thing", () => {
    const twice = {
      ...NO_MAPPING,
      events: [
        { from: "Paid", to: "order" },
        { from: "paid", to: null },
      ],
    };
    expect(sourceMapping.safeParse(twice).error?.issues[0]?.path).toEqual(["events", 1]);
  });
});
