/**
 * Whether a changing request comes from our own pages: `Origin` must be there and name the host that was asked.
 * A cookie alone proves nothing, because browsers attach it to requests of other sites too.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  const origin = headers.get("origin");
  const host = headers.get("x-forwarded-host") ?? headers.get("host");
  if (!origin || !host || !URL.canParse(origin)) return false;
  return new URL(origin).host === host;
}
