import { getRhythm } from "@/lib/stages/rhythm";
import type { Report } from "./report";

const whole = (value: number | null): string => (value === null ? "no data" : String(Math.round(value)));

/** How customers order: what the thresholds of silence are read from (docs/demo-data.md). */
export const rhythmReport: Report = {
  purpose: "gaps between orders by quantile, and who comes back after how many days of silence",
  async answer(pool, { workspace, asOf }) {
    const rhythm = await getRhythm(pool, { workspaceId: workspace.id, asOf });
    const { gaps, ...quantiles } = rhythm.gaps;
    return {
      json: rhythm,
      lines: [
        `As of ${asOf}; ${gaps} gaps between order days`,
        ...Object.entries(quantiles).map(([name, days]) => `${name}  ${whole(days).padStart(5)} days`),
        "With one or two orders, back within 90 days after",
        ...rhythm.back.map(
          ({ silentDays, within90, atRisk }) =>
            `${String(silentDays).padStart(4)} days of silence: ${within90 === null ? "no data" : `${Math.round(100 * within90)} %`} (${atRisk} waiting)`,
        ),
      ],
    };
  },
};
