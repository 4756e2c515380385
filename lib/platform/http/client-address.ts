/**
 * The address a request came from: the last one of `x-forwarded-for`, which the nearest proxy wrote (Next itself where there
 * is none). Entries before it are the caller's own words.
 */
export const clientAddress = (headers: Pick<Headers, "get">): string =>
  headers.get("x-forwarded-for")?.split(",").at(-1)?.trim().slice(0, 64) || "unknown";
