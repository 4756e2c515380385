import { refuse } from "./rejection";

/** How deep the values of an event may nest; deeper is no data anyone reads. */
export const MAX_DEPTH = 32;

// With the u flag a surrogate class matches halves only: whole pairs (emoji) are one character.
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/**
 * Refuses what a decoded JSON value may hold but the store may not: NUL and half surrogate pairs in texts and names,
 * numbers JSON can write and a double cannot hold (1e400), nesting beyond MAX_DEPTH. Names the path.
 */
export function assertCleanValue(value: unknown, path: string, depth = 0): void {
  if (!isClean(value, depth)) nameFault(value, path, depth);
}

/** The same question without the path: nearly every value is clean, and the path of each would cost more than the check. */
function isClean(value: unknown, depth: number): boolean {
  if (typeof value === "string") return !UNSTORABLE.test(value);
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return true;
  if (depth >= MAX_DEPTH) return false;
  if (Array.isArray(value)) return value.every((one) => isClean(one, depth + 1));
  for (const name of Object.keys(value))
    if (UNSTORABLE.test(name) || !isClean((value as Record<string, unknown>)[name], depth + 1)) return false;
  return true;
}

function nameFault(value: unknown, path: string, depth: number): void {
  if (typeof value === "string") {
    if (UNSTORABLE.test(value)) refuse("bad_text", path, `${path} holds a NUL or half a surrogate pair`);
  } else if (typeof value === "number") {
    if (!Number.isFinite(value)) refuse("bad_number", path, `${path} is beyond the range of numbers`);
  } else if (typeof value === "object" && value !== null) {
    if (depth >= MAX_DEPTH)
      refuse("too_deep", shortened(path), `Values nest deeper than ${MAX_DEPTH} levels`);
    if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) nameFault(value[i], `${path}[${i}]`, depth + 1);
      return;
    }
    for (const [name, one] of Object.entries(value)) {
      const at = path === "" ? name : `${path}.${name}`;
      if (UNSTORABLE.test(name))
        refuse("bad_text", at, `A name in ${path || "the event"} holds a NUL or half a surrogate pair`);
      nameFault(one, at, depth + 1);
    }
  }
}

const shortened = (path: string) => (path.length > 200 ? `${path.slice(0, 200)}…` : path);
