import { parseArgs } from "node:util";
import { daysBetween, eventfulDay, FIRST_POSSIBLE_DAY } from "@/lib/platform/day";
import { workspacePool } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { getWorkspaceBySlug } from "@/lib/workspaces/queries";
import { workspaceDay } from "@/lib/workspaces/schema";
import { openCommandDatabase } from "./commands/command-database";
import { misused, runCommand } from "./commands/run-command";
import { boardReport } from "./reports/board";
import type { Report } from "./reports/report";
import { rhythmReport } from "./reports/rhythm";

const reports: Record<string, Report> = { board: boardReport, rhythm: rhythmReport };

const usage = `npm run report -- NAME --workspace W [--as-of 2026-02-01] [--days 30] [--json]

${Object.entries(reports)
  .map(([name, { purpose }]) => `${name.padEnd(8)}${purpose}`)
  .join("\n")}

--as-of is a local day of the workspace (its today, unless said), --days the length of the period that ends with it; --json
prints every number for scripts.`;

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      workspace: { type: "string" },
      "as-of": { type: "string" },
      days: { type: "string", default: "30" },
      json: { type: "boolean", default: false },
    },
  });
  const [name = "", ...others] = positionals;
  const report = Object.hasOwn(reports, name) ? reports[name] : undefined;
  if (!report || others.length > 0) throw misused(usage);
  if (!values.workspace) throw misused(usage, "--workspace is missing");
  const days = Number(values.days);
  if (!Number.isInteger(days) || days < 1)
    throw misused(usage, `--days ${values.days}: a whole number of days from 1 on`);
  const database = openCommandDatabase();
  try {
    const workspace = await getWorkspaceBySlug(database.directory, values.workspace);
    const pool = workspacePool(database.pool, workspace.id);
    const today = workspaceDay(workspace, new Date());
    const asked = eventfulDay.safeParse(values["as-of"] ?? today);
    if (!asked.success)
      throw new AppError("bad_input", `--as-of ${values["as-of"]} is no day; one is ${today}`);
    const asOf = asked.data;
    if (asOf > today)
      throw new AppError(
        "bad_input",
        `--as-of ${asOf} has not come yet: "${workspace.slug}" lives in ${today}`,
      );
    const most = daysBetween(FIRST_POSSIBLE_DAY, asOf) + 1;
    if (days > most)
      throw new AppError(
        "bad_input",
        `--days ${days} begins before ${FIRST_POSSIBLE_DAY}; ${most} is the most for ${asOf}`,
      );
    const { json, lines } = await report.answer(pool, { workspace, asOf, days });
    console.log(values.json ? JSON.stringify(json, null, 2) : lines.join("\n"));
    return 0;
  } finally {
    await database.close();
  }
}

runCommand(usage, main);
