import { z } from "zod";

/** Rows a preview looks at: beyond that its numbers are of these, and it says so. */
export const PREVIEW_LIMIT = 20_000;

const sample = z.object({
  id: z.number(),
  receivedAt: z.coerce.date(),
  /** Id of a standard kind, key of a custom one; null: dropped on purpose. */
  kind: z.union([z.number(), z.string()]).nullable(),
  customer: z.string().nullable(),
  occurredAt: z.coerce.date().nullable(),
  /** Minor units. */
  amount: z.number().nullable(),
  props: z.record(z.string(), z.unknown()).nullable(),
});

export const mappingPreview = z.object({
  examined: z.number().int(),
  accepted: z.number().int(),
  dropped: z.number().int(),
  refused: z.number().int(),
  /** True: there are more than PREVIEW_LIMIT, the counts are of the oldest of them. */
  partial: z.boolean(),
  /** What the first of them become. */
  samples: z.array(sample),
});
export type MappingPreview = z.infer<typeof mappingPreview>;
