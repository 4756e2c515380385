import { createHash } from "node:crypto";
import type { AuditEntry } from "./schema";

/** What the first entry of a workspace is chained to. */
export const GENESIS = "0".repeat(64);

/** JSON with keys in order at every depth, so that equal values have equal text whatever way they were stored. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value instanceof Date) return JSON.stringify(value);
  if (value !== null && typeof value === "object") {
    const pairs = Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${pairs.map(([key, one]) => `${JSON.stringify(key)}:${canonicalJson(one)}`).join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

/** The hash of an entry: SHA-256 over the hash before it and everything the entry says, its workspace and number included. */
export const entryHash = (before: string, workspaceId: number, entry: Omit<AuditEntry, "hash">): string =>
  createHash("sha256")
    .update(before)
    .update("\n")
    .update(canonicalJson({ workspaceId, ...entry }))
    .digest("hex");
