import type { ApiDocument, Operation } from "./document";
import type { JsonSchema } from "./json-schemas";

const text = (description: string): JsonSchema => ({ type: "string", description });

/** What every message of the Segment wire format carries. */
const message: JsonSchema = {
  type: "object",
  anyOf: [{ required: ["userId"] }, { required: ["anonymousId"] }],
  properties: {
    userId: text("The sender's id of a known customer"),
    anonymousId: text("The id of a customer nobody has named yet"),
    messageId: text("Deduplicates for ever; made up when missing, then a resend counts twice"),
    timestamp: {
      type: "string",
      format: "date-time",
      description: "When it happened; the time of arrival when missing",
    },
    sentAt: {
      type: "string",
      format: "date-time",
      description: "The sender's clock, by which timestamps are corrected",
    },
    context: { type: "object" },
    writeKey: text("Instead of the Authorization header"),
  },
};
const withFields = (properties: Record<string, JsonSchema>, required: string[] = []): JsonSchema => ({
  allOf: [message, { type: "object", properties, required }],
});

const properties: JsonSchema = {
  type: "object",
  description: "Free; revenue, currency, products are read as money",
};
const traits: JsonSchema = { type: "object", description: "Statements about the customer" };

const bodies: Record<string, { summary: string; schema: JsonSchema; example: unknown }> = {
  track: {
    summary: "Something a customer did",
    schema: withFields(
      { event: text("The kind: Order Completed, Product Viewed, or a name of your own"), properties },
      ["event"],
    ),
    example: {
      userId: "u-1",
      event: "Order Completed",
      messageId: "order-1001",
      properties: { revenue: 99.5, currency: "CNY" },
    },
  },
  identify: {
    summary: "Who a customer is: ids that belong together, and traits",
    schema: withFields({ traits }),
    example: { userId: "u-1", anonymousId: "device-7", traits: { name: "Ana", city: "上海" } },
  },
  page: {
    summary: "A page was viewed",
    schema: withFields({ name: text("Name of the page"), properties }),
    example: { userId: "u-1", name: "Home" },
  },
  screen: {
    summary: "A screen of an app was viewed",
    schema: withFields({ name: text("Name of the screen"), properties }),
    example: { userId: "u-1", name: "Cart" },
  },
  group: {
    summary: "A customer belongs to a group",
    schema: withFields({ groupId: text("The group"), traits }, ["groupId"]),
    example: { userId: "u-1", groupId: "g-1" },
  },
  alias: {
    summary: "Two known ids are one customer",
    schema: withFields({ previousId: text("The id used before") }, ["previousId", "userId"]),
    example: { userId: "u-1", previousId: "old-1" },
  },
  batch: {
    summary: "Many messages at once, up to 2,500; each says its type",
    schema: {
      type: "object",
      required: ["batch"],
      properties: {
        batch: {
          type: "array",
          maxItems: 2_500,
          items: withFields({ type: { enum: ["track", "identify", "page", "screen", "group", "alias"] } }, [
            "type",
          ]),
        },
        context: { type: "object", description: "Shared by all of them" },
        sentAt: { type: "string", format: "date-time" },
      },
    },
    example: { batch: [{ type: "track", userId: "u-1", event: "Order Completed", messageId: "order-1001" }] },
  },
};

const json = (schema: JsonSchema) => ({ "application/json": { schema } });
const refusal = (description: string) => ({
  description,
  content: json({
    type: "object",
    required: ["success"],
    properties: {
      success: { const: false },
      reason: { type: "string" },
      path: { type: ["string", "null"] },
      message: { type: "string" },
    },
  }),
});

const operation = (method: string): Operation => ({
  operationId: `ingest${method[0]!.toUpperCase()}${method.slice(1)}`,
  summary: bodies[method]!.summary,
  tags: ["ingestion"],
  requestBody: {
    required: true,
    content: { "application/json": { schema: bodies[method]!.schema, example: bodies[method]!.example } },
  },
  responses: {
    200: {
      description: "Everything is stored, or named under `rejected` and kept in quarantine",
      content: json({
        type: "object",
        required: ["success"],
        properties: {
          success: { const: true },
          rejected: {
            type: "array",
            items: {
              type: "object",
              properties: {
                index: { type: "integer" },
                messageId: { type: ["string", "null"] },
                reason: { type: "string" },
                path: { type: ["string", "null"] },
                message: { type: "string" },
              },
            },
          },
        },
      }),
    },
    400: refusal(
      "Malformed, or the single event was refused; it is in quarantine and must not be sent again",
    ),
    401: refusal("The write key is unknown or revoked"),
    413: refusal("The body, the batch or the event is too large"),
    415: refusal("The content encoding is not known"),
    429: refusal("Too many events are waiting or coming in; send these again after Retry-After"),
    503: refusal("Nothing could be stored; send these again after Retry-After"),
  },
  security: [{ writeKey: [] }],
});

/** The ingestion routes: the Segment HTTP API, which clients of others speak, so it is described by hand. */
export const ingestionPaths: ApiDocument["paths"] = {
  ...Object.fromEntries(Object.keys(bodies).map((method) => [`/v1/${method}`, { post: operation(method) }])),
  "/v1/projects/{key}/settings": {
    get: {
      operationId: "ingestSettings",
      summary: "What the browser SDK asks before its first event",
      tags: ["ingestion"],
      parameters: [{ name: "key", in: "path", required: true, schema: text("A write key") }],
      responses: {
        200: { description: "Events of this key are taken here", content: json({ type: "object" }) },
        404: refusal("Nobody has this key"),
      },
      security: [],
    },
  },
};
