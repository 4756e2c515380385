import type { z } from "zod";
import {
  can,
  type KeyScope,
  keyCan,
  keyScope,
  type Permission,
  permissions,
} from "@/lib/members/permissions";
import { limits } from "@/lib/platform/http/rate-limit";
import type { RouteDeclaration } from "@/lib/platform/http/route";
import { type Role, role } from "@/lib/workspaces/schema";
import { ingestionPaths } from "./ingestion-paths";
import { type JsonSchema, JsonSchemas } from "./json-schemas";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof methods)[number];
/** Routes by path and method, as app/api/registry.ts lists them. */
export type Routes = Record<string, Partial<Record<Method, { declaration: RouteDeclaration }>>>;

export interface Parameter {
  name: string;
  in: "path" | "query";
  required: boolean;
  schema: JsonSchema;
}

export interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  parameters?: Parameter[];
  requestBody?: { required: boolean; content: Record<string, { schema: JsonSchema; example?: unknown }> };
  responses: Record<string, JsonSchema>;
  security: Record<string, string[]>[];
  /** Roles and key scopes that may call; absent where no workspace is asked. */
  "x-roles"?: Role[];
  "x-key-scopes"?: KeyScope[];
  /** Calls one caller may make, and in how many seconds. */
  "x-rate-limit"?: { most: number; seconds: number };
}

export interface ApiDocument {
  openapi: "3.1.0";
  info: {
    title: string;
    version: string;
    description: string;
    license: { name: string; identifier: string };
  };
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, JsonSchema>;
}

/** The version of the package: the API is released with it. */
export const API_VERSION = "0.1.0";

/** What each refusal means; every route may answer these. */
const errors: Record<string, string> = {
  BadInput: "A part of the request is not as declared; details name each field",
  Unauthenticated: "Nobody is signed in, or the key is not valid",
  Forbidden: "The role or the key's scopes do not include this, or it asks for a recent sign-in",
  NotFound: "There is no such thing, or the workspace is not the caller's",
  Conflict: "The state of things does not allow it",
  TooLarge: "The body is too large",
  TooMany: "Too many calls; Retry-After says in how many seconds to try again",
  Busy: "The service cannot answer at the moment",
};
const statusOf: Record<string, keyof typeof errors> = {
  400: "BadInput",
  401: "Unauthenticated",
  403: "Forbidden",
  404: "NotFound",
  409: "Conflict",
  413: "TooLarge",
  429: "TooMany",
  503: "Busy",
};

const errorSchema: JsonSchema = {
  type: "object",
  required: ["error"],
  properties: {
    error: {
      type: "object",
      required: ["code", "message", "requestId"],
      properties: {
        code: { type: "string", description: "Stable, for programs" },
        message: { type: "string", description: "For people, in the language of Accept-Language" },
        details: { type: "object", description: "Particulars: the field, the limit, the wait" },
        requestId: { type: "string", format: "uuid" },
      },
    },
  },
};

/**
 * The OpenAPI 3.1 document of these routes and of ingestion: everything it says is read from what the routes declare, so it
 * cannot fall behind them.
 */
export function apiDocument(routes: Routes): ApiDocument {
  const schemas = new JsonSchemas();
  schemas.components.Error = errorSchema;
  const paths: ApiDocument["paths"] = {};
  for (const [at, module] of Object.entries(routes).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const of = Object.fromEntries(
      methods.flatMap((method) => {
        const route = module[method];
        return route ? [[method.toLowerCase(), operation(schemas, method, at, route.declaration)]] : [];
      }),
    );
    paths[at.replace(/\[(\w+)\]/g, "{$1}")] = of;
  }
  Object.assign(paths, ingestionPaths);
  const tags = new Set(Object.values(paths).flatMap((one) => Object.values(one).flatMap((op) => op.tags)));
  return {
    openapi: "3.1.0",
    info: {
      title: "Perennial",
      version: API_VERSION,
      description:
        "The API the console itself uses. Programs send an API key (Authorization: Bearer), sources of events their write key.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    tags: [...tags].map((name) => ({ name })),
    paths,
    components: {
      schemas: schemas.components,
      responses: Object.fromEntries(
        Object.entries(errors).map(([name, description]) => [
          name,
          {
            description,
            content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
          },
        ]),
      ),
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "cookie",
          name: "next-auth.session-token",
          description: "The console's own sign-in; changing requests must come from its own pages",
        },
        apiKey: { type: "http", scheme: "bearer", description: "An API key of one workspace, with scopes" },
        writeKey: {
          type: "http",
          scheme: "basic",
          description: "A source's write key as the user, no password",
        },
      },
    },
  };
}

/** "GET /api/workspaces/[slug]/customers/[customer]" → "getCustomersCustomer". */
const operationIdOf = (method: string, at: string): string =>
  method.toLowerCase() +
  at
    .replace(/^\/api\/(workspaces\/\[slug\]\/)?/, "")
    .split(/[^a-z0-9]+/i)
    .filter(Boolean)
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join("");

/** The first part of the path below the workspace. */
const tagOf = (at: string): string => at.replace(/^\/api\/(workspaces\/\[slug\]\/)?/, "").split("/")[0]!;

function operation(schemas: JsonSchemas, method: string, at: string, declared: RouteDeclaration): Operation {
  const { summary, who, params, query, body, answer, example, limit } = declared;
  const operationId = operationIdOf(method, at);
  const parameters = [
    ...parametersOf(schemas, params, "path", `${operationId}.path`),
    ...parametersOf(schemas, query, "query", `${operationId}.query`),
  ];
  const content =
    typeof answer === "string"
      ? { [answer]: { schema: { type: "string" } } }
      : { "application/json": { schema: schemas.of(answer, "output", `${operationId}.answer`) } };
  const refusals = refusalsOf(at, declared);
  return {
    operationId,
    summary,
    tags: [tagOf(at)],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body
      ? {
          requestBody: {
            required: true,
            content: {
              "application/json": {
                schema: schemas.of(body, "input", `${operationId}.body`),
                ...(example?.body === undefined ? {} : { example: example.body }),
              },
            },
          },
        }
      : {}),
    responses: {
      200: { description: "As asked", content },
      ...Object.fromEntries(
        refusals.map((status) => [status, { $ref: `#/components/responses/${statusOf[status]}` }]),
      ),
    },
    ...callersOf(who),
    ...(limit ? { "x-rate-limit": limits[limit] } : {}),
  };
}

function refusalsOf(at: string, { who, query, body, params }: RouteDeclaration): string[] {
  const refusals = ["429", "503"];
  if (query || body || params) refusals.push("400");
  if (who !== "anyone") refusals.push("401", "403");
  if (at.includes("[")) refusals.push("404", "409");
  if (body) refusals.push("413");
  return refusals.sort();
}

/** Who may call, as security requirements and in our own words. */
function callersOf(who: string): Pick<Operation, "security" | "x-roles" | "x-key-scopes"> {
  if (who === "anyone") return { security: [] };
  if (who === "member") return { security: [{ session: [] }] };
  const permission = permissions.find((one) => one === who) as Permission;
  const roles = role.options.filter((one) => can(one, permission));
  const scopes = keyScope.options.filter((one) => keyCan([one], permission));
  return {
    security: [{ session: [] }, ...(scopes.length > 0 ? [{ apiKey: [] }] : [])],
    "x-roles": roles,
    "x-key-scopes": scopes,
  };
}

function parametersOf(
  schemas: JsonSchemas,
  schema: z.ZodType | undefined,
  place: Parameter["in"],
  name: string,
): Parameter[] {
  if (!schema) return [];
  const made = schemas.of(schema, "input", name);
  const properties = (made.properties ?? {}) as Record<string, JsonSchema>;
  const required = (made.required ?? []) as string[];
  return Object.entries(properties).map(([key, one]) => ({
    name: key,
    in: place,
    required: place === "path" || required.includes(key),
    schema: one,
  }));
}
