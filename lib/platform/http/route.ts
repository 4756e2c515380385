import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { AppError } from "@/lib/platform/errors";
import { errorResponse, parsePart, requestLocale } from "./error-response";
import { isSameOrigin } from "./same-origin";

const BODY_LIMIT_BYTES = 64 * 1024;

/** What a route declares: shapes of its parts, who may call it, and what it does. */
export interface RouteSpec<Params, Query, Body, Access> {
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  /** Resolves the caller or throws unauthenticated, forbidden, not_found; runs before query and body are read. */
  access: (request: Request, params: Params) => Promise<Access>;
  /** A Response goes out as it is, anything else as JSON. */
  handle: (call: RouteCall<Params, Query, Body, Access>) => Promise<unknown>;
}

export interface RouteCall<Params, Query, Body, Access> {
  request: Request;
  params: Params;
  query: Query;
  body: Body;
  access: Access;
  now: Date;
}

type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };

/** Turns a declaration into a Next route handler: own origin → params → access → query and body → handler → JSON. */
export function route<Params = unknown, Query = unknown, Body = unknown, Access = unknown>(
  spec: RouteSpec<Params, Query, Body, Access>,
) {
  return async (request: Request, context: RouteContext): Promise<Response> => {
    const requestId = randomUUID();
    const locale = requestLocale(request.headers);
    try {
      if (request.method !== "GET" && request.method !== "HEAD" && !isSameOrigin(request.headers))
        throw new AppError("forbidden", "The request does not come from this console's own pages");
      const rawParams = await context.params;
      const params = spec.params ? parsePart(spec.params, rawParams, "path", locale) : (rawParams as Params);
      const access = await spec.access(request, params);
      const search = Object.fromEntries(new URL(request.url).searchParams);
      const query = spec.query ? parsePart(spec.query, search, "query", locale) : (undefined as Query);
      const body = spec.body
        ? parsePart(spec.body, await readJson(request), "body", locale)
        : (undefined as Body);
      const answer = await spec.handle({ request, params, query, body, access, now: new Date() });
      if (answer instanceof Response) return answer;
      return Response.json(answer, { headers: { "x-request-id": requestId, "cache-control": "no-store" } });
    } catch (error) {
      return errorResponse(error, request, requestId);
    }
  };
}

async function readJson(request: Request): Promise<unknown> {
  if (!request.headers.get("content-type")?.startsWith("application/json"))
    throw new AppError("bad_input", "The body must be application/json", { part: "body" });
  const text = await request.text();
  if (Buffer.byteLength(text) > BODY_LIMIT_BYTES)
    throw new AppError("too_large", "The body is too large", { limitBytes: BODY_LIMIT_BYTES });
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("bad_input", "The body is not JSON", { part: "body" });
  }
}
