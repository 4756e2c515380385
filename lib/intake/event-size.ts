/** Largest event, as JSON: the Segment spec's 32 KB. */
export const MAX_EVENT_BYTES = 32 * 1024;

/** A character of a text takes six bytes at most (\u001f), a number 25. */
const BYTES_PER_CHARACTER = 6;
const BYTES_PER_NUMBER = 25;

/** Bytes the JSON of a value takes at most; stops counting once beyond `limit`. */
function atMost(value: unknown, limit: number): number {
  if (typeof value === "string") return 2 + BYTES_PER_CHARACTER * value.length;
  if (typeof value !== "object" || value === null) return BYTES_PER_NUMBER;
  let bytes = 2;
  if (Array.isArray(value)) {
    for (const one of value) if ((bytes += 1 + atMost(one, limit - bytes)) > limit) break;
    return bytes;
  }
  for (const name of Object.keys(value)) {
    const one = (value as Record<string, unknown>)[name];
    bytes += 4 + BYTES_PER_CHARACTER * name.length + atMost(one, limit - bytes);
    if (bytes > limit) break;
  }
  return bytes;
}

/** Whether a decoded event has more bytes of JSON than one may have; written out only when a bound leaves it open. */
export const isTooLarge = (event: unknown): boolean =>
  atMost(event, MAX_EVENT_BYTES) > MAX_EVENT_BYTES &&
  Buffer.byteLength(JSON.stringify(event)) > MAX_EVENT_BYTES;
