import { z } from "zod";
import { looksPersonal } from "@/lib/customers/mask";
import { allows } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { resolveMetric } from "@/lib/metrics/catalogue";
import { metricQuery } from "@/lib/metrics/ref-query";
import { listTextValues } from "@/lib/metrics/values";
import { AppError } from "@/lib/platform/errors";

/** Values to choose from when a rule compares a label: those of a sample, without personal data. */
export const GET = workspaceRoute({
  summary: "Values a text metric has among a sample of customers",
  permission: "metrics.read",
  answer: z.object({ values: z.array(z.string()) }),
  query: metricQuery,
  example: { query: { metric: "trait", params: '{"key":"plan"}' } },
  handle: async ({ access, query: ref }) => {
    if (resolveMetric(ref).metric.type !== "text")
      throw new AppError("bad_input", `"${ref.metric}" is no label`, { metric: ref.metric });
    const values = await listTextValues(access.db, { workspaceId: access.workspace.id, ref });
    const key = String(ref.params.key ?? "");
    const mayReveal = allows(access, "customers.reveal");
    return { values: values.filter((value) => mayReveal || !looksPersonal(key, value)) };
  },
});
