import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { registry } from "@/app/api/registry";
import { curlOf, typeOf } from "@/lib/api/describe";
import { apiDocument } from "@/lib/api/document";
import { version as packageVersion } from "@/package.json";

const document = apiDocument(registry);
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
);

test("has the version of the package", () => {
  expect(document.info.version).toBe(packageVersion);
});

test("is valid OpenAPI 3.1", async () => {
  const result = await new Validator().validate(structuredClone(document) as never);
  expect(result.errors).toBeUndefined();
  expect(result.valid).toBe(true);
});

test("the check finds what is not valid", async () => {
  const broken = structuredClone(document) as unknown as { info: { title?: string } };
  delete broken.info.title;
  expect((await new Validator().validate(broken as never)).valid).toBe(false);
});

test("holds every route of the registry once, and ingestion", () => {
  const declared = Object.values(registry).flatMap((module) =>
    ["GET", "POST", "PUT", "PATCH", "DELETE"].filter((method) => method in module),
  );
  expect(operations.filter(({ path }) => path.startsWith("/api/"))).toHaveLength(declared.length);
  expect(operations.filter(({ path }) => path.startsWith("/v1/"))).toHaveLength(8);
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

test("every reference leads somewhere", () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]!);
  const lost = references.filter((ref) => {
    let at: unknown = document;
    for (const part of ref.slice(2).split("/")) at = (at as Record<string, unknown> | undefined)?.[part];
    return !ref.startsWith("#/components/") || at === undefined;
  });
  expect(lost).toEqual([]);
  expect(references.length).toBeGreaterThan(50);
});

test.each(operations)("$method $path says who may call, and how", ({ method, path, operation }) => {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  const declared = (operation.parameters ?? []).filter((one) => one.in === "path").map((one) => one.name);
  expect(declared.sort()).toEqual(inPath.sort());
  if (path.startsWith("/api/workspaces/")) expect(operation["x-roles"]?.length).toBeGreaterThan(0);
  const curl = curlOf({ method, path, operation, origin: "https://console.test" });
  expect(curl).toContain(`https://console.test${path}`);
  if (operation.requestBody) expect(curl).toMatch(/-d '\{[\s\S]*\}'$/);
});

test.each([
  [{ enum: ["a", "b"] }, "a | b"],
  [{ anyOf: [{ type: "integer" }, { type: "null" }] }, "integer | null"],
  [{ type: "array", items: { type: "string", format: "uuid" } }, "uuid[]"],
  [{}, "any"],
])("%j reads %s", (schema, words) => {
  expect(typeOf(schema)).toBe(words);
});
