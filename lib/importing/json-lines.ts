import type { Row } from "./columns";
import { MAX_RECORD_CHARS } from "./csv-records";
import type { BadRow } from "./table";

const MAX_RAW_CHARS = 8_192;
/** Beyond this many the header is refused anyway: no need to remember more. */
const MAX_KEYS = 2_000;

/** One physical line: its number from 1, and its text; null when it is longer than a record may be. */
async function* linesOf(
  chunks: AsyncIterable<string>,
): AsyncGenerator<{ line: number; text: string | null }> {
  let rest = "";
  let line = 1;
  let skipping = false;
  for await (const chunk of chunks) {
    rest += chunk;
    for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
      const text = rest.slice(0, end);
      rest = rest.slice(end + 1);
      if (skipping) skipping = false;
      else yield { line, text: text.length > MAX_RECORD_CHARS ? null : text };
      line += 1;
    }
    if (rest.length > MAX_RECORD_CHARS) {
      if (!skipping) yield { line, text: null };
      skipping = true;
      rest = "";
    }
  }
  if (!skipping && rest !== "") yield { line, text: rest };
}

/** The values of an object by key, nested objects as "outer.inner"; lists stay JSON, null is empty. Null: no object. */
function flatten(text: string): Map<string, string> | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) return null;
  const cells = new Map<string, string>();
  const walk = (object: object, prefix: string, depth: number) => {
    for (const [key, one] of Object.entries(object)) {
      const name = prefix + key.trim();
      if (one !== null && typeof one === "object" && !Array.isArray(one) && depth < 4)
        walk(one, `${name}.`, depth + 1);
      else cells.set(name, one === null ? "" : typeof one === "string" ? one : JSON.stringify(one));
    }
  };
  walk(value, "", 0);
  return cells;
}

/** Keys of all the objects, in the order they are first seen. */
export async function jsonColumns(chunks: AsyncIterable<string>): Promise<string[]> {
  const keys = new Set<string>();
  for await (const { text } of linesOf(chunks)) {
    if (text === null) continue;
    for (const key of flatten(text)?.keys() ?? []) keys.add(key);
    if (keys.size > MAX_KEYS) break;
  }
  return [...keys];
}

const BATCH = 1_000;

/** The lines as rows under that header; a line that is no object is a row with a fault. */
export async function* jsonRows(
  chunks: AsyncIterable<string>,
  header: readonly string[],
): AsyncGenerator<(Row | BadRow)[]> {
  let batch: (Row | BadRow)[] = [];
  for await (const { line, text } of linesOf(chunks)) {
    if (text?.trim() === "") continue;
    const cells = text === null ? null : flatten(text);
    const garbled = cells && [...cells].find(([, value]) => value.includes("\ufffd"))?.[0];
    const fault = (reason: BadRow["fault"]["reason"], column: string | null, message: string): BadRow => ({
      line,
      cells: [text?.slice(0, MAX_RAW_CHARS) ?? ""],
      fault: { column, reason, message },
    });
    if (!cells)
      batch.push(
        fault("malformed_row", null, text === null ? "the line is too long" : "the line is no JSON object"),
      );
    else if (garbled)
      batch.push(fault("undecodable_row", garbled, "bytes that are no text in this encoding"));
    else batch.push({ line, cells: header.map((name) => cells.get(name) ?? "") });
    if (batch.length >= BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
