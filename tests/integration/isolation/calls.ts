import { z } from "zod";
import { type RouteModule, registry } from "@/app/api/registry";
import type { DeclaredRoute } from "@/lib/platform/http/route";
import type { Side, TwoWorkspaces } from "./two-workspaces";

export interface Declared {
  name: string;
  at: string;
  method: keyof RouteModule;
  handler: DeclaredRoute;
}

/** Every route of the registry, method by method. */
export const declared: Declared[] = Object.entries(registry).flatMap(([at, module]) =>
  (["GET", "POST", "PUT", "PATCH", "DELETE"] as const).flatMap((method) => {
    const handler = module[method];
    return handler ? [{ name: `${method} ${at}`, at, method, handler }] : [];
  }),
);

/** The parts of a call as plain values; text in the path and the query, JSON in the body. */
export interface Call {
  params: Record<string, unknown>;
  query: Record<string, unknown>;
  body: unknown;
}

type Json = Record<string, unknown>;

const words = [
  "2026-06-30",
  "2026-06-30T08:00:00.000Z",
  "probe@shop.test",
  "CNY",
  "UTC",
  "zh-CN",
  "probe",
  "a long enough word",
  "0".repeat(16),
  "0".repeat(64),
];
const uuid = "00000000-0000-4000-8000-000000000000";

/** A value of the schema, as small as it may be; what the schema alone doesn't tell comes from the route's example. */
function sampleOf(schema: Json): unknown {
  if ("const" in schema) return schema.const;
  if ("default" in schema) return schema.default;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const one = (schema.anyOf ?? schema.oneOf) as Json[] | undefined;
  if (one) return sampleOf(one[0]!);
  if (Array.isArray(schema.allOf)) return Object.assign({}, ...(schema.allOf as Json[]).map(sampleOf));
  switch (schema.type) {
    case "object": {
      const properties = (schema.properties ?? {}) as Record<string, Json>;
      const required = (schema.required ?? []) as string[];
      return Object.fromEntries(required.map((key) => [key, sampleOf(properties[key] ?? {})]));
    }
    case "array":
      return Array.from({ length: Number(schema.minItems ?? 0) }, () =>
        sampleOf((schema.items ?? {}) as Json),
      );
    case "integer":
    case "number":
      return Math.max(
        Number(schema.minimum ?? 1),
        typeof schema.exclusiveMinimum === "number" ? schema.exclusiveMinimum + 1 : 1,
        1,
      );
    case "boolean":
      return true;
    case "null":
      return null;
    case "string":
      return textOf(schema);
    default:
      return "probe";
  }
}

function textOf(schema: Json): string {
  if (schema.format === "uuid") return uuid;
  const pattern = typeof schema.pattern === "string" ? new RegExp(schema.pattern, "u") : null;
  const fits = (word: string) =>
    (!pattern || pattern.test(word)) &&
    word.length >= Number(schema.minLength ?? 0) &&
    word.length <= Number(schema.maxLength ?? Number.POSITIVE_INFINITY);
  return words.find(fits) ?? "probe";
}

const jsonSchema = (schema: z.ZodType): Json =>
  z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Json;

/** A valid call of the route, but for the ids in its path (realId fills them in). */
export function generate({ handler: { declaration } }: Declared): Call {
  const { params, query, body, example } = declaration;
  const part = (schema: z.ZodType | undefined, given: unknown) =>
    given !== undefined && typeof given !== "object"
      ? given
      : { ...((schema ? sampleOf(jsonSchema(schema)) : {}) as Json), ...((given as Json | undefined) ?? {}) };
  return {
    params: part(params, example?.params) as Json,
    query: part(query, example?.query) as Json,
    body: body ? (Array.isArray(example?.body) ? example.body : part(body, example?.body)) : undefined,
  };
}

/** Sends the call as the browser's own page or as a program would. */
export function send(route: Declared, call: Call, headers: Headers): Promise<Response> {
  const path = route.at.replace(/\[(\w+)\]/g, (_, name) => encodeURIComponent(String(call.params[name])));
  const url = new URL(path, "http://console.test");
  for (const [key, value] of Object.entries(call.query))
    for (const one of Array.isArray(value) ? value : [value])
      url.searchParams.append(key, typeof one === "object" ? JSON.stringify(one) : String(one));
  const all = new Headers(headers);
  const init: RequestInit = { method: route.method, headers: all };
  if (route.method !== "GET") {
    all.set("origin", url.origin);
    if (call.body !== undefined) {
      all.set("content-type", "application/json");
      init.body = JSON.stringify(call.body);
    }
  }
  return route.handler(new Request(url, init), {
    params: Promise.resolve(call.params as Record<string, string>),
  });
}

/** An id of that side a path or body field of this name could mean, or null: found by the names of tables and columns. */
export async function realId(world: TwoWorkspaces, name: string, side: Side): Promise<string | null> {
  const stem = name
    .replace(/(Id|Ids|_id|Key)$/, "")
    .replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    .toLowerCase();
  const { rows: columns } = await world.pool.query<{ table: string; column: string }>(
    `SELECT c.relname AS table, a.attname AS column FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND EXISTS (SELECT FROM pg_attribute w WHERE w.attrelid = c.oid AND w.attname = 'workspace_id')
       AND ((c.relname IN ($1::text, 'api_' || $1::text, 'saved_' || $1::text) AND a.attname IN ('id', $1::text || '_id'))
         OR (c.relname = $1::text || 'ship' AND a.attname = $1::text || '_id'))`,
    [stem],
  );
  for (const { table, column } of columns) {
    const { rows } = await world.pool.query<{ id: string }>(
      `SELECT ${column}::text AS id FROM "${table}" WHERE workspace_id = $1 ORDER BY random() LIMIT 40`,
      [world.sides[side].id],
    );
    const found = rows.find(({ id }) => !world.keep.has(id));
    if (found) return found.id;
  }
  return null;
}

/** The call asked of one side, with that side's own ids in its path. */
export async function aimedAt(world: TwoWorkspaces, route: Declared, side: Side): Promise<Call> {
  const call = generate(route);
  for (const name of Object.keys(call.params)) {
    if (name === "slug") call.params.slug = world.sides[side].slug;
    else call.params[name] = (await realId(world, name, side)) ?? call.params[name];
  }
  return call;
}
