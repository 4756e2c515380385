import { z } from "zod";
import { AppError } from "@/lib/platform/errors";
import { resolveMetric } from "./catalogue";

const params = z
  .string()
  .max(2_000)
  .default("{}")
  .transform((text, ctx): Record<string, unknown> => {
    try {
      return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
    } catch {
      ctx.addIssue({ code: "custom", message: "no JSON object" });
      return z.NEVER;
    }
  });

/** A metric with its parameters as a query names it: `metric` and, as JSON, `params`. */
export const metricQuery = z
  .strictObject({ metric: z.string().min(1).max(100), params })
  .superRefine((ref, ctx) => {
    try {
      resolveMetric(ref);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      ctx.addIssue({ code: "custom", message: error.message, path: ["metric"] });
    }
  });
