import { parseArgs } from "node:util";
import { localDay } from "@/lib/platform/day";
import { workspacePool } from "@/lib/platform/db";
import { advanceClock } from "@/lib/stages/clock";
import { getWorkspaceBySlug } from "@/lib/workspaces/queries";
import { openCommandDatabase } from "./command-database";

const usage = `npm run advance -- --workspace W [--days 1]

Moves the standing clock of a workspace on by whole days and lives through each of them.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { workspace: { type: "string" }, days: { type: "string", default: "1" } },
  });
  const days = Number(values.days);
  if (!values.workspace || !Number.isInteger(days) || days === 0) {
    console.error(usage);
    return 2;
  }
  const database = openCommandDatabase();
  try {
    const { id } = await getWorkspaceBySlug(database.directory, values.workspace);
    const pool = workspacePool(database.pool, id);
    const { workspace, counts } = await advanceClock(pool, { workspaceId: id, days, now: new Date() });
    const day = workspace.clockAt && localDay(workspace.clockAt, workspace.timeZone);
    console.log(`${workspace.slug}: as of ${day}; ${counts.transitions} transitions`);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    await database.close();
  }
}

process.exitCode = await main();
