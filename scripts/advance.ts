import { parseArgs } from "node:util";
import { workspacePool } from "@/lib/platform/db";
import { advanceClock, MOST_DAYS } from "@/lib/stages/clock";
import { getWorkspaceBySlug } from "@/lib/workspaces/queries";
import { workspaceDay } from "@/lib/workspaces/schema";
import { openCommandDatabase } from "./commands/command-database";
import { misused, runCommand } from "./commands/run-command";

const usage = `npm run advance -- --workspace W [--days 1]

Moves the standing clock of a workspace by whole days, forward (and lives through each of them) or back (--days=-3).
npm run workspace -- clock W sets it to a day, or to real time.`;

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { workspace: { type: "string" }, days: { type: "string", default: "1" } },
  });
  const days = Number(values.days);
  if (!values.workspace) throw misused(usage, "--workspace is missing");
  if (!Number.isInteger(days) || days === 0 || Math.abs(days) > MOST_DAYS)
    throw misused(usage, `--days ${values.days}: a whole number of days up to ${MOST_DAYS}, not 0`);
  const database = openCommandDatabase(3);
  try {
    const { id } = await getWorkspaceBySlug(database.directory, values.workspace);
    const pool = workspacePool(database.pool, id);
    const now = new Date();
    const { workspace, counts } = await advanceClock(pool, { workspaceId: id, days, now });
    console.log(
      `${workspace.slug}: as of ${workspaceDay(workspace, now)}; ${counts.transitions} transitions, ${counts.retracted} taken back`,
    );
    return 0;
  } finally {
    await database.close();
  }
}

runCommand(usage, main);
