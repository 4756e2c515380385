import type { Operation } from "./document";
import type { JsonSchema } from "./json-schemas";

/** What a parameter takes, in a few words of the schema's own: its values, or its type and format. */
export function typeOf(schema: JsonSchema): string {
  if (Array.isArray(schema.enum)) return schema.enum.join(" | ");
  if ("const" in schema) return String(schema.const);
  const some = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  if (some) return [...new Set(some.map(typeOf))].join(" | ");
  if (schema.type === "array") return `${typeOf((schema.items ?? {}) as JsonSchema)}[]`;
  return [schema.format ?? schema.type ?? "any"].flat().join(" | ");
}

/** A command line that makes the call, with placeholders where the caller's own values go. */
export function curlOf(p: { method: string; path: string; operation: Operation; origin: string }): string {
  const { method, path, operation, origin } = p;
  const required = (operation.parameters ?? []).filter((one) => one.in === "query" && one.required);
  const query = required.map((one) => `${one.name}={${one.name}}`).join("&");
  const isWriteKey = operation.security.some((one) => "writeKey" in one);
  const isKey = operation.security.some((one) => "apiKey" in one);
  const isSession = !isKey && operation.security.some((one) => "session" in one);
  const body = operation.requestBody?.content["application/json"];
  const parts = [
    `curl ${method === "GET" ? "" : `-X ${method} `}'${origin}${path}${query ? `?${query}` : ""}'`,
    ...(isWriteKey ? ["-u '{writeKey}:'"] : []),
    ...(isKey ? ["-H 'Authorization: Bearer {apiKey}'"] : []),
    ...(isSession ? ["-H 'Cookie: {session}'"] : []),
    ...(isSession && method !== "GET" ? [`-H 'Origin: ${origin}'`] : []),
    ...(body ? ["-H 'Content-Type: application/json'"] : []),
    ...(body
      ? [`-d '${JSON.stringify(body.example ?? sampleOf(body.schema)).replaceAll("'", "'\\''")}'`]
      : []),
  ];
  return parts.join(" \\\n  ");
}

/** A body of the schema's shape: every required field, with its type for a value. */
function sampleOf(schema: JsonSchema): unknown {
  if ("const" in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const one = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  if (one) return sampleOf(one[0] ?? {});
  if (schema.type === "array") return [sampleOf((schema.items ?? {}) as JsonSchema)];
  if (schema.type === "object") {
    const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
    return Object.fromEntries(
      ((schema.required ?? []) as string[]).map((key) => [key, sampleOf(properties[key] ?? {})]),
    );
  }
  if (schema.type === "integer" || schema.type === "number") return schema.minimum ?? 1;
  if (schema.type === "boolean") return true;
  return `{${typeOf(schema)}}`;
}
