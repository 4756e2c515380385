import { z } from "zod";

export const sourceName = z.string().trim().min(1).max(80);

/** The part of a path that names a source. */
export const sourcePath = z.object({ id: z.coerce.number().int().positive().max(2_147_483_647) });

/** A source as the console lists it; keys are known by their first characters alone. */
export const source = z.object({
  id: z.number().int(),
  name: z.string(),
  kind: z.enum(["http", "import", "demo"]),
  keyHint: z.string().nullable(),
  createdAt: z.date(),
  revokedAt: z.date().nullable(),
  /** Until when the key before the present one is still taken; null or past: it is not. */
  previousKeyUntil: z.date().nullable(),
  mappingVersion: z.number().int(),
});
export type Source = z.infer<typeof source>;

/** How long the old write key still works after a rotation. */
export const KEY_OVERLAP_HOURS = 24;
