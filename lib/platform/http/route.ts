import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { AppError } from "@/lib/platform/errors";
import { errorResponse, parsePart, requestLocale } from "./error-response";
import type { LimitName } from "./rate-limit";
import { isSameOrigin } from "./same-origin";

const BODY_LIMIT_BYTES = 64 * 1024;

/**
 * What a route declares. The registry (app/api/registry.ts) derives from it the validation, the permission, the OpenAPI
 * document and the authorization tests, so nothing of it may live in the handler.
 */
export interface RouteSpec<Params, Query, Body, Access> {
  /** One sentence in English: what the route answers or does. */
  summary: string;
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  /** Shape of the JSON answer, or the media type of an answer that is not JSON. */
  answer: z.ZodType | `${string}/${string}`;
  /** Parts of a valid call that the schemas alone don't tell: for the document and for the authorization tests. */
  example?: { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown };
  /** Largest JSON body in bytes; 64 KB unless said. */
  bodyLimit?: number;
  /** How often one caller may ask, beyond the limit every key has (workspaceRoute keeps it). */
  limit?: LimitName;
  /** Who may call: nobody in particular, any signed-in member, or who has this permission in the workspace. */
  who: string;
  /** Resolves the caller or throws unauthenticated, forbidden, not_found; runs before query and body are read. */
  access: (request: Request, params: Params) => Promise<Access>;
  /** A Response goes out as it is, anything else as JSON. */
  handle: (call: RouteCall<Params, Query, Body, Access>) => Promise<unknown>;
}

/** The declared part of a route, as the registry reads it. */
export type RouteDeclaration = Pick<
  RouteSpec<unknown, unknown, unknown, unknown>,
  "summary" | "params" | "query" | "body" | "answer" | "who" | "example" | "limit"
>;

export interface RouteCall<Params, Query, Body, Access> {
  request: Request;
  params: Params;
  query: Query;
  body: Body;
  access: Access;
  now: Date;
}

type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };

/** A Next route handler that carries its declaration. */
export type DeclaredRoute = ((request: Request, context: RouteContext) => Promise<Response>) & {
  declaration: RouteDeclaration;
};

/** Turns a declaration into a Next route handler: own origin → params → access → query and body → handler → JSON. */
export function route<Params = unknown, Query = unknown, Body = unknown, Access = unknown>(
  spec: RouteSpec<Params, Query, Body, Access>,
): DeclaredRoute {
  const handler = async (request: Request, context: RouteContext): Promise<Response> => {
    const requestId = randomUUID();
    const locale = requestLocale(request.headers);
    try {
      if (changes(request) && !isBearer(request.headers) && !isSameOrigin(request.headers))
        throw new AppError("forbidden", "The request does not come from this console's own pages");
      const rawParams = await context.params;
      const params = spec.params ? parsePart(spec.params, rawParams, "path", locale) : (rawParams as Params);
      const access = await spec.access(request, params);
      const search = Object.fromEntries(new URL(request.url).searchParams);
      const query = spec.query ? parsePart(spec.query, search, "query", locale) : (undefined as Query);
      const body = spec.body
        ? parsePart(spec.body, await readJson(request, spec.bodyLimit ?? BODY_LIMIT_BYTES), "body", locale)
        : (undefined as Body);
      const answer = await spec.handle({ request, params, query, body, access, now: new Date() });
      if (answer instanceof Response) return answer;
      return Response.json(answer, { headers: { "x-request-id": requestId, "cache-control": "no-store" } });
    } catch (error) {
      return errorResponse(error, request, requestId);
    }
  };
  const { summary, params, query, body, answer, who, example, limit } = spec;
  return Object.assign(handler, {
    declaration: { summary, params, query, body, answer, who, example, limit },
  });
}

const changes = (request: Request): boolean => request.method !== "GET" && request.method !== "HEAD";

/** Browsers attach cookies by themselves, an Authorization header never: such a request cannot be forged by another site. */
const isBearer = (headers: Headers): boolean => /^bearer /i.test(headers.get("authorization") ?? "");

async function readJson(request: Request, limitBytes: number): Promise<unknown> {
  if (!request.headers.get("content-type")?.startsWith("application/json"))
    throw new AppError("bad_input", "The body must be application/json", { part: "body" });
  const text = await request.text();
  if (Buffer.byteLength(text) > limitBytes)
    throw new AppError("too_large", "The body is too large", { limitBytes });
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("bad_input", "The body is not JSON", { part: "body" });
  }
}
