import { z } from "zod";
import { AppError } from "@/lib/platform/errors";
import { checkRule } from "@/lib/rules/check";
import { askedRule } from "@/lib/rules/schema";
import { customersFilterFields, filterIsWhole, wholeFilterError } from "@/lib/stages/customers-filter";

/** A rule that names metrics and parameters there are, compared with what they are. */
const checkedRule = askedRule.superRefine((rule, ctx) => {
  try {
    checkRule(rule);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    ctx.addIssue({ code: "custom", message: error.message });
  }
});

const filterFields = {
  ...customersFilterFields,
  rule: checkedRule.optional(),
  /** Carrying any of these tags. */
  tag: z.array(z.number().int().positive()).max(50).optional(),
  /** Only these customers. */
  ids: z.array(z.number().int().positive()).min(1).max(5_000).optional(),
};

/** A filter of the list as JSON, beside what else a route is told. */
export const customersBody = <Shape extends z.ZodRawShape>(further: Shape) =>
  z
    .strictObject({ ...filterFields, ...further })
    .refine((body) => filterIsWhole(body as z.infer<z.ZodObject<typeof filterFields>>), wholeFilterError);

/** A filter of the list as JSON, by itself. */
export const customersFilterBody = z.strictObject(filterFields).refine(filterIsWhole, wholeFilterError);
