import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const file = z.object({ items: z.array(z.object({ id: z.string(), value: z.unknown() })) });
const { items } = file.parse(
  JSON.parse(readFileSync(path.join(import.meta.dirname, "reference.json"), "utf8")),
);

/** The published numbers of that id, parsed. */
export function reference<T>(id: string, schema: z.ZodType<T>): T {
  const found = items.find((item) => item.id === id);
  if (!found) throw new Error(`reference.json has no "${id}"`);
  return schema.parse(found.value);
}
