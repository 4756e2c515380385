import type { InboxRow } from "./inbox";

/** Longest id or trait name, in UTF-8 bytes: they are index keys, and an index entry ends at 2,704 bytes. */
export const MAX_KEY_BYTES = 1024;

/** Largest amount in minor units: sums over a customer's life stay exact integers. */
export const MAX_AMOUNT = 1e13;

export interface Unstorable {
  /** The field, in the words of the sender. */
  path:
    | "userId"
    | "anonymousId"
    | "previousId"
    | "externalIds"
    | "channel"
    | "properties"
    | "traits"
    | "timestamp"
    | "amount";
  detail: string;
}

const LONE_SURROGATE = /\p{Surrogate}/u;
// As JSON.stringify writes them; a backslash sent as text looks alike, so a match only starts the exact search.
const SUSPICIOUS_JSON = /\\u(?:0000|d[89a-f])/;

const isStorableText = (value: string): boolean => !value.includes("\0") && !LONE_SURROGATE.test(value);

function isStorableValue(value: unknown): boolean {
  if (typeof value === "string") return isStorableText(value);
  if (Array.isArray(value)) return value.every(isStorableValue);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, one]) => isStorableText(key) && isStorableValue(one));
}

const isStorableJson = (value: object | null): boolean =>
  value === null || !SUSPICIOUS_JSON.test(JSON.stringify(value)) || isStorableValue(value);

const fitsIndex = (value: string): boolean =>
  value.length * 3 <= MAX_KEY_BYTES || Buffer.byteLength(value, "utf8") <= MAX_KEY_BYTES;

function keyProblem(value: string | null): string | null {
  if (value === null) return null;
  if (!isStorableText(value)) return "holds a NUL or half a surrogate pair, which no text can";
  return fitsIndex(value) ? null : `is longer than ${MAX_KEY_BYTES} bytes`;
}

const isStorableInstant = (at: Date): boolean => at.getUTCFullYear() >= 1 && at.getUTCFullYear() <= 9999;

/**
 * What of a row the store could not hold, or null: text Postgres refuses (NUL, lone surrogates), keys too long for an
 * index, instants outside the years 1 to 9999, amounts beyond MAX_AMOUNT. Asked before a row is accepted, because
 * one such row would fail the statement of its whole batch, in the inbox or later in the drain.
 */
export function findUnstorable(row: InboxRow): Unstorable | null {
  const keys: [Unstorable["path"], string | null][] = [
    ["userId", row.userKey],
    ["anonymousId", row.anonymousKey],
    ["previousId", row.previousKey],
    ["channel", row.channel],
  ];
  for (const pair of row.externalKeys ?? []) for (const part of pair) keys.push(["externalIds", part]);
  for (const key of Object.keys(row.traits ?? {})) keys.push(["traits", key]);
  for (const [path, value] of keys) {
    const detail = keyProblem(value);
    if (detail) return { path, detail };
  }
  if (row.externalKeys?.some(([kind]) => kind === "user" || kind === "anonymous"))
    return {
      path: "externalIds",
      detail: "has a type user or anonymous: send these as userId and anonymousId",
    };
  if (Array.isArray(row.traits)) return { path: "traits", detail: "is a list, not an object" };
  const text = "holds a NUL or half a surrogate pair, which no text can";
  if (!isStorableJson(row.props)) return { path: "properties", detail: text };
  if (!isStorableJson(row.traits)) return { path: "traits", detail: text };
  if (!isStorableInstant(row.occurredAt) || !isStorableInstant(row.receivedAt))
    return { path: "timestamp", detail: "is outside the years 1 to 9999" };
  if (row.amount !== null && !(Number.isInteger(row.amount) && Math.abs(row.amount) <= MAX_AMOUNT))
    return { path: "amount", detail: `is no whole number of minor units up to ${MAX_AMOUNT}` };
  return null;
}
