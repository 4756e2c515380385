import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messageUuid } from "@/lib/intake/inbox";
import { KIND } from "@/lib/intake/kinds";
import { type DecodedEvent, decodeMessage } from "@/lib/intake/segment";
import { findUnstorable } from "@/lib/intake/storable";

const receivedAt = new Date("2026-02-01T12:00:00.000Z");
const context = { sourceId: 7, currency: "CNY", receivedAt, newMessageId: () => "made-by-server" };

const decode = (message: unknown, type: unknown = "track") => decodeMessage(message, type, context);

function row(message: object, type: unknown = "track"): DecodedEvent {
  const outcome = decode(message, type);
  if (!outcome.ok) throw new Error(`refused: ${outcome.rejection.message}`);
  return outcome.value;
}

function refusal(message: unknown, type: unknown = "track"): string {
  const outcome = decode(message, type);
  return outcome.ok ? "accepted" : `${outcome.rejection.reason} at ${outcome.rejection.path}`;
}

const order = (properties: object) => ({ userId: "u1", event: "Order Completed", properties });

describe("messages of the spec", () => {
  it("track: kind, ids, time, message id, properties", () => {
    const message = {
      messageId: "m1",
      userId: 42,
      anonymousId: "a1",
      event: "Product Viewed",
      timestamp: "2026-01-31T00:00:00Z",
      properties: { product_id: "p1", color: "red", gone: null },
      context: {
        campaign: { source: " douyin " },
        traits: { city: "杭州" },
        externalIds: [{ id: "138", type: "phone", collection: "users", encoding: "none" }],
      },
    };
    expect(row(message)).toEqual({
      sourceId: 7,
      kind: KIND.view,
      receivedAt,
      occurredAt: new Date("2026-01-31T00:00:00Z"),
      messageId: messageUuid("m1"),
      userKey: "42",
      anonymousKey: "a1",
      previousKey: null,
      externalKeys: [["phone", "138"]],
      amount: null,
      channel: "douyin",
      props: { sku: "p1", color: "red" },
      traits: { city: "杭州" },
    });
  });

  it("identify and group state traits; what is said of the group does not overwrite the person", () => {
    expect(row({ userId: "u1", traits: { name: "Ana", channel: "referral" } }, "identify")).toMatchObject({
      kind: KIND.profile,
      traits: { name: "Ana", channel: "referral" },
      channel: "referral",
      props: null,
    });
    expect(row({ userId: "u1", groupId: 9, traits: { name: "Acme" } }, "group").traits).toEqual({
      "group.id": "9",
      "group.name": "Acme",
    });
  });

  it("page and screen are views that keep name and url", () => {
    for (const type of ["page", "screen"])
      expect(
        row({ anonymousId: "a", name: "Home", properties: { url: "https://x.cn/" } }, type),
      ).toMatchObject({
        kind: KIND.view,
        props: { name: "Home", url: "https://x.cn/" },
      });
  });

  it("alias names both ids", () => {
    expect(row({ userId: "u2", previousId: "a1" }, "alias")).toMatchObject({
      kind: KIND.profile,
      userKey: "u2",
      previousKey: "a1",
    });
    expect(refusal({ userId: "u2" }, "alias")).toBe("missing_id at previousId");
    expect(refusal({ previousId: "a1", anonymousId: "a2" }, "alias")).toBe("missing_id at userId");
  });

  it("without a message id the server makes one; sentAt and context of the batch count unless the message has its own", () => {
    expect(row({ userId: "u1", event: "x" }).messageId).toBe(messageUuid("made-by-server"));
    const batch = { ...context, sentAt: "2026-02-01T11:00:00Z", context: { campaign: { source: "batch" } } };
    const message = { userId: "u1", event: "x", timestamp: "2026-02-01T10:00:00Z" };
    const outcome = decodeMessage(message, "track", batch);
    expect(outcome).toMatchObject({
      value: { occurredAt: new Date("2026-02-01T11:00:00Z"), channel: "batch" },
    });
    const own = decodeMessage({ ...message, sentAt: "2026-02-01T12:00:00Z" }, "track", batch);
    expect(own).toMatchObject({ value: { occurredAt: new Date("2026-02-01T10:00:00Z") } });
  });
});

describe("names of events", () => {
  const names: [string, number | string][] = [
    ["Order Completed", KIND.order],
    ["order_completed", KIND.order],
    ["orderCompleted", KIND.order],
    ["order", KIND.order],
    ["下单", KIND.order],
    ["Order Refunded", KIND.refund],
    ["Order Cancelled", KIND.refund],
    ["退款", KIND.refund],
    ["Product Added", KIND.cart],
    ["加购", KIND.cart],
    ["加購", KIND.cart],
    ["Product Viewed", KIND.view],
    ["Product List Viewed", KIND.view],
    ["浏览", KIND.view],
    ["Products Searched", KIND.search],
    ["Product Added to Wishlist", KIND.favourite],
    ["Product Shared", KIND.share],
    ["Product Reviewed", KIND.comment],
    ["点赞", KIND.like],
    ["Signed In", KIND.login],
    ["登录", KIND.login],
    ["follow", KIND.follow],
    ["投诉", KIND.complaint],
    ["  Coupon Applied ", "Coupon Applied"],
    ["coupon applied", "coupon applied"],
    ["签到", "签到"],
    ["constructor", "constructor"],
    ["__proto__", "__proto__"],
  ];
  const properties = { revenue: 1, query: "q", target: "t" };
  it.each(names)("%s", (event, kind) => expect(row({ userId: "u1", event, properties }).kind).toBe(kind));
});

describe("orders", () => {
  it("takes revenue, total, value, subtotal in this order, else the sum of the products", () => {
    const products = [
      { product_id: "a", price: "0.005", quantity: 3 },
      { sku: "b", price: 1.25, quantity: "2" },
    ];
    const amount = (properties: object) => row(order(properties)).amount;
    expect(amount({ subtotal: 4, value: 3, total: 2, revenue: 1, products })).toBe(100);
    expect(amount({ subtotal: 4, value: 3, total: 2, revenue: null })).toBe(200);
    expect(amount({ subtotal: 4, value: 3, revenue: "" })).toBe(300);
    expect(amount({ subtotal: "4.5" })).toBe(450);
    expect(amount({ products })).toBe(252); // 2.515, rounded once
    expect(amount({ revenue: 0 })).toBe(0);
  });

  it("keeps order id and items in our words", () => {
    const sent = {
      order_id: 50,
      revenue: 9,
      currency: "cny",
      products: [{ product_id: 7, name: "壶", quantity: 1, price: 9 }],
    };
    expect(row(order(sent)).props).toEqual({
      orderId: "50",
      revenue: 9,
      currency: "CNY",
      items: [{ sku: "7", name: "壶", quantity: 1, price: 9 }],
    });
  });

  it("a refund is negative whichever sign was sent", () => {
    for (const total of [5, -5, "5.00", "-5.00"])
      expect(row({ userId: "u1", event: "Order Refunded", properties: { total } }).amount).toBe(-500);
    expect(
      Object.is(row({ userId: "u1", event: "Order Refunded", properties: { total: 0 } }).amount, 0),
    ).toBe(true);
  });

  const faults: [object, string][] = [
    [{}, "missing_amount at properties.revenue"],
    [{ products: [{ sku: "a", price: 1 }, { sku: "b" }] }, "missing_amount at properties.revenue"],
    [{ revenue: "NaN" }, "bad_amount at properties.revenue"],
    [{ total: "12,50" }, "bad_amount at properties.total"],
    [{ revenue: "１２" }, "bad_amount at properties.revenue"],
    [{ revenue: -5 }, "bad_amount at properties.revenue"],
    [{ revenue: "1e400" }, "amount_out_of_range at properties.revenue"],
    [JSON.parse('{"revenue": 1e400}'), "bad_number at properties.revenue"],
    [{ revenue: 1, currency: "USD" }, "currency_mismatch at properties.currency"],
    [{ revenue: 1, currency: 156 }, "currency_mismatch at properties.currency"],
    [{ revenue: 1, products: [{ price: 1 }] }, "bad_properties at properties.products[0].sku"],
    [{ revenue: 1, items: "two" }, "bad_properties at properties.items"],
  ];
  it.each(faults)("%j is refused", (properties, expected) =>
    expect(refusal(order(properties))).toBe(expected),
  );
});

describe("what is refused, and where", () => {
  const deep = (levels: number) => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);
  const faults: [string, unknown, unknown, string][] = [
    ["no object", 5, "track", "not_an_object at null"],
    ["null", null, "track", "not_an_object at null"],
    ["a list", [], "track", "not_an_object at null"],
    ["no type", { userId: "u" }, null, "unknown_type at type"],
    ["type of the prototype", { userId: "u" }, "constructor", "unknown_type at type"],
    ["no id", { event: "x" }, "track", "missing_id at userId"],
    ["empty ids", { event: "x", userId: "", anonymousId: null }, "track", "missing_id at userId"],
    ["id an object", { event: "x", userId: { id: 1 } }, "track", "bad_id at userId"],
    ["id true", { event: "x", userId: true }, "track", "bad_id at userId"],
    ["id beyond exact numbers", { event: "x", userId: 2 ** 60 }, "track", "bad_id at userId"],
    ["id a fraction", { event: "x", userId: 1.5 }, "track", "bad_id at userId"],
    ["id too long", { event: "x", userId: "x".repeat(513) }, "track", "bad_id at userId"],
    ["id too long in bytes", { event: "x", anonymousId: "汉".repeat(512) }, "track", "bad_id at anonymousId"],
    ["no event name", { userId: "u" }, "track", "missing_field at event"],
    ["blank event name", { userId: "u", event: "  " }, "track", "bad_field at event"],
    ["long event name", { userId: "u", event: "e".repeat(201) }, "track", "bad_field at event"],
    ["event name a number", { userId: "u", event: 5 }, "track", "bad_field at event"],
    ["reserved event name", { userId: "u", event: "Profile" }, "track", "bad_field at event"],
    ["properties a text", { userId: "u", event: "x", properties: "p" }, "track", "bad_field at properties"],
    ["properties a list", { userId: "u", event: "x", properties: [] }, "track", "bad_field at properties"],
    ["traits a number", { userId: "u", traits: 5 }, "identify", "bad_field at traits"],
    [
      "trait name too long",
      { userId: "u", traits: { ["k".repeat(201)]: 1 } },
      "identify",
      "bad_field at traits",
    ],
    [
      "reserved trait",
      { userId: "u", traits: { $channel: "x" } },
      "identify",
      "bad_field at traits.$channel",
    ],
    ["group without id", { userId: "u" }, "group", "missing_field at groupId"],
    ["message id an object", { userId: "u", event: "x", messageId: {} }, "track", "bad_field at messageId"],
    [
      "NUL in a value",
      { userId: "u", event: "x", properties: { a: [{ b: "x\0" }] } },
      "track",
      "bad_text at properties.a[0].b",
    ],
    [
      "NUL in a name",
      { userId: "u", event: "x", properties: { "a\0": 1 } },
      "track",
      "bad_text at properties.a\0",
    ],
    ["NUL in an id", { userId: "u\0", event: "x" }, "track", "bad_text at userId"],
    [
      "half an emoji",
      { userId: "u", event: "x", properties: { a: "\ud83d" } },
      "track",
      "bad_text at properties.a",
    ],
    [
      "other half in a name",
      { userId: "u", event: "x", properties: { "\ude00": 1 } },
      "track",
      "bad_text at properties.\ude00",
    ],
    ["search without query", { userId: "u", event: "search" }, "track", "bad_properties at properties.query"],
    ["follow without target", { userId: "u", event: "关注" }, "track", "bad_properties at properties.target"],
    [
      "externalIds no list",
      { userId: "u", event: "x", context: { externalIds: {} } },
      "track",
      "bad_field at context.externalIds",
    ],
    [
      "external id generic",
      { userId: "u", event: "x", context: { externalIds: [{ id: "null", type: "phone" }] } },
      "track",
      "generic_id at context.externalIds[0].id",
    ],
    [
      "external id of a reserved type",
      { userId: "u", event: "x", context: { externalIds: [{ id: "5", type: "user" }] } },
      "track",
      "bad_field at context.externalIds[0].type",
    ],
    ["context a text", { userId: "u", event: "x", context: "c" }, "track", "bad_field at context"],
  ];
  it.each(faults)("%s", (_, message, type, expected) => expect(refusal(message, type)).toBe(expected));

  it("nesting of ten thousand levels, as too deep", () => {
    expect(refusal({ userId: "u", event: "x", properties: { a: deep(10_000) } })).toMatch(
      /^too_deep at properties\.a\[0\]/,
    );
    expect(refusal({ userId: "u", event: "x", properties: { a: deep(20) } })).toBe("accepted");
  });

  it("placeholders instead of ids, in any case", () => {
    const placeholders =
      "null NULL undefined None nil NaN 0 -1 guest Guest anonymous true false [object Object] unknown user_id 游客";
    for (const id of [
      ...placeholders.split(/ (?!Object)/),
      " null ",
      '"null"',
      "00000000-0000-0000-0000-000000000000",
    ])
      expect([id, refusal({ userId: id, event: "x" })]).toEqual([id, "generic_id at userId"]);
    expect(refusal({ userId: 0, event: "x" })).toBe("generic_id at userId");
    expect(refusal({ userId: -0, event: "x" })).toBe("generic_id at userId");
  });
});

describe("what is taken byte for byte", () => {
  const ids = [
    "👩‍👩‍👧",
    "é", "e\u0301", "Ａ", "A", "a", "‮abc", "zero\u200bwidth", " padded ", "'; DROP TABLE event; --", "../../etc/passwd",
    "<script>alert(1)</script>", "{{7*7}}", "%00", "\\u0000", "a\u2028b", "٣", "x".repeat(512), "nullable", "0x0", "00", "我",
  ]; // biome-ignore format: a table
  it.each(ids)("id %j", (id) =>
    expect(row({ userId: id, event: "x", properties: { id } })).toMatchObject({ userKey: id, props: { id } }),
  );

  it("__proto__ is a property like any other", () => {
    const message = JSON.parse(
      '{"userId":"u","event":"x","properties":{"__proto__":{"polluted":1},"constructor":{"prototype":2}}}',
    );
    const { props } = row(message);
    expect(JSON.stringify(props)).toBe('{"__proto__":{"polluted":1},"constructor":{"prototype":2}}');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    const traits = JSON.parse(
      '{"userId":"u","traits":{"__proto__":{"admin":true}},"__proto__":{"userId":"other"}}',
    );
    expect(row(traits, "identify").userKey).toBe("u");
    expect((row(traits, "identify").traits as { admin?: boolean }).admin).toBeUndefined();
  });
});

describe("any message", () => {
  const field = (...likely: unknown[]) => fc.oneof(fc.constantFrom(...likely), fc.anything({ maxDepth: 2 }));
  const message = fc.record(
    {
      messageId: field("m1"),
      userId: field("u1", 5),
      anonymousId: field("a1"),
      event: field("Order Completed", "search", "own"),
      timestamp: field("2026-01-01T00:00:00Z", 1_700_000_000),
      sentAt: field("2026-01-01T00:00:01Z"),
      previousId: field("a0"),
      groupId: field("g"),
      properties: fc.oneof(
        fc.record({ revenue: field(1, "2.50"), currency: field("CNY"), products: field([]) }),
        fc.anything(),
      ),
      traits: fc.oneof(fc.dictionary(fc.string(), fc.anything({ maxDepth: 2 })), fc.anything()),
      context: fc.oneof(
        fc.record({ externalIds: field([{ id: "1", type: "t" }]), traits: field({}) }),
        fc.anything(),
      ),
    },
    { requiredKeys: [] },
  );
  const type = fc.oneof(
    fc.constantFrom("identify", "track", "page", "screen", "group", "alias"),
    fc.anything(),
  );

  it("becomes a row the store can hold, or a reason with words; it never throws", () => {
    fc.assert(
      fc.property(fc.oneof(message, fc.anything()), type, (sent, ofType) => {
        const outcome = decode(sent, ofType);
        if (outcome.ok) expect(findUnstorable({ ...outcome.value, kind: 100 })).toBeNull();
        else expect(outcome.rejection.message.length).toBeGreaterThan(10);
      }),
      { numRuns: 1000 },
    );
  });

  it("is decoded the same way twice and is left as it was", () => {
    fc.assert(
      fc.property(message, type, (sent, ofType) => {
        const before = structuredClone(sent);
        expect(decode(sent, ofType)).toEqual(decode(sent, ofType));
        expect(sent).toEqual(before);
      }),
    );
  });
});
