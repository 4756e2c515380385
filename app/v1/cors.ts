/** Headers that let a page of any site send events: the write key is no cookie, so no credentials are allowed. */
export function corsHeaders(request: Request): Record<string, string> {
  return {
    "access-control-allow-origin": request.headers.get("origin") ?? "*",
    "access-control-allow-methods": "GET, POST, OPTIONS",
    "access-control-allow-headers":
      request.headers.get("access-control-request-headers") ?? "authorization, content-type",
    "access-control-max-age": "86400",
    vary: "origin, access-control-request-headers",
  };
}

/** The answer to a preflight request. */
export const preflight = (request: Request): Response =>
  new Response(null, { status: 204, headers: corsHeaders(request) });
