import { z } from "zod";

export const previewRow = z.object({
  line: z.number(),
  cells: z.array(z.string()),
  fate: z.enum(["accepted", "skipped", "refused"]),
  /** Skipped: the condition as lib/importing names it. Refused: the code. */
  reason: z.string().nullable(),
  column: z.string().nullable(),
  message: z.string().nullable(),
  /** What the row would be; of an order of several lines, with its first one. */
  event: z
    .object({
      customer: z.string(),
      kind: z.string(),
      occurredAt: z.string(),
      amount: z.number().nullable(),
      orderId: z.string().nullable(),
      traits: z.number(),
    })
    .nullable(),
});
export type PreviewRow = z.infer<typeof previewRow>;
