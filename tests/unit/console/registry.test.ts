import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { registry } from "@/app/api/registry";
import { permissions } from "@/lib/members/permissions";

const APP = path.resolve(import.meta.dirname, "../../../app");
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** Routes of other protocols, each with a reason to stand outside the registry. */
const OUTSIDE = [
  "/api/auth/[...nextauth]", // next-auth's own protocol
  "/healthz", // liveness and readiness: asked by machines that know nothing of the product
  "/readyz",
  "/v1/[method]", // the Segment wire format, with write keys
  "/v1/projects/[key]/settings",
];

const routeFiles = readdirSync(APP, { recursive: true, encoding: "utf8" })
  .filter((file) => path.basename(file) === "route.ts")
  .map((file) => `/${path.dirname(file)}`)
  .sort();

const declared = Object.entries(registry).flatMap(([at, module]) =>
  METHODS.flatMap((method) => {
    const handler = module[method];
    return handler ? [{ name: `${method} ${at}`, at, method, handler }] : [];
  }),
);

test("every route file stands in the registry, and nothing else does", () => {
  expect(routeFiles.filter((at) => !OUTSIDE.includes(at))).toEqual(Object.keys(registry).sort());
  expect(OUTSIDE.filter((at) => !routeFiles.includes(at))).toEqual([]);
});

test.each(declared)("$name declares itself whole", ({ at, method, handler: { declaration } }) => {
  expect(declaration.summary).toMatch(/^[A-Z].{10,}[^.]$/);
  expect(["anyone", "member", ...permissions]).toContain(declaration.who);
  const named = [...at.matchAll(/\[(\w+)\]/g)].map((match) => match[1]);
  const shape = declaration.params instanceof z.ZodObject ? Object.keys(declaration.params.shape) : [];
  expect(shape.sort()).toEqual(named.sort());
  // A workspace's routes are asked of a workspace: nothing below it is open to anyone.
  if (at.startsWith("/api/workspaces/[slug]/")) expect(permissions).toContain(declaration.who);
  if (method === "GET") expect(declaration.body).toBeUndefined();
});

test("every permission a route asks for is one a role can have", () => {
  const asked = new Set(declared.map(({ handler }) => handler.declaration.who));
  expect(asked.size).toBeGreaterThan(3);
});
