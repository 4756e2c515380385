import type { Day } from "@/lib/platform/day";
import type { Pool } from "@/lib/platform/db";
import type { Workspace } from "@/lib/workspaces/schema";

/** What a report is asked: a workspace as of a local day, and the days before it that count as the period. */
export interface ReportQuestion {
  workspace: Workspace;
  asOf: Day;
  days: number;
}

/** One report: every number for scripts, and lines people read. */
export interface Report {
  purpose: string;
  answer(pool: Pool, question: ReportQuestion): Promise<{ json: object; lines: string[] }>;
}
