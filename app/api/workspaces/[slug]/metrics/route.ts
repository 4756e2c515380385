import { z } from "zod";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { metricView, metricViews } from "@/lib/metrics/view";

/** Every metric of the catalogue. */
export const GET = workspaceRoute({
  summary: "The catalogue of metrics with definitions and parameters",
  permission: "metrics.read",
  answer: z.object({ metrics: z.array(metricView) }),
  handle: async () => ({ metrics: metricViews() }),
});
