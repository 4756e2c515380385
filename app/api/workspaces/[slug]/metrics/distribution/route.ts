import { z } from "zod";
import { looksPersonal } from "@/lib/customers/mask";
import { allows } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { distribution, getDistribution } from "@/lib/metrics/distribution";
import { metricQuery } from "@/lib/metrics/ref-query";
import { answerWithin } from "@/lib/platform/answer-within";
import { day } from "@/lib/platform/day";
import { getDecidingModel } from "@/lib/stages/queries";
import { workspaceDay } from "@/lib/workspaces/schema";

/** How a metric is spread over the customers as of the last recompute; null when that takes too long to find out. */
export const GET = workspaceRoute({
  summary: "How the values of a metric are spread over the customers",
  permission: "metrics.read",
  answer: z.object({ asOf: day, distribution: distribution.nullable() }),
  query: metricQuery,
  example: { query: { metric: "orders" } },
  handle: async ({ access, query: ref, now }) => {
    const { workspace } = access;
    const { settledOn } = await getDecidingModel(access.db, workspace.id);
    const asOf = settledOn === null ? workspaceDay(workspace, now) : day.parse(settledOn);
    const found = await answerWithin(access.db, (db) =>
      getDistribution(db, { workspaceId: workspace.id, ref, asOf }),
    );
    if (found === "too_slow") return { asOf, distribution: null };
    const key = String(ref.params.key ?? "");
    // A covered label could not be asked for, so it is left out where it may not be seen.
    const mayReveal = allows(access, "customers.reveal");
    const labels = found.labels.filter(({ value }) => mayReveal || !looksPersonal(key, value));
    return { asOf, distribution: { ...found, labels } };
  },
});
