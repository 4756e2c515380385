// npm run check [-- --workspace W] [--json]: the correctness check of the workers, by hand. Exit 1 on any violation.
import { parseArgs } from "node:util";
import { workspacePool } from "@/lib/platform/db";
import { checkInvariants, type InvariantResult } from "@/lib/stages/invariants";
import { getWorkspaceBySlug, listWorkspaces } from "@/lib/workspaces/queries";
import { type CommandDatabase, openCommandDatabase } from "./commands/command-database";
import { runCommand } from "./commands/run-command";

const USAGE = `npm run check -- [--workspace SLUG] [--json]

Holds the tables of one workspace, or of all, against the invariants. Exit code 1 on any violation.`;

interface Checked {
  workspace: string;
  invariants: InvariantResult[];
}

/** Holds one workspace, or all of them, against every invariant; one after the other, for each reads much. */
async function checkWorkspaces(
  { pool, directory }: CommandDatabase,
  slug: string | undefined,
): Promise<Checked[]> {
  const workspaces = slug ? [await getWorkspaceBySlug(directory, slug)] : await listWorkspaces(directory);
  const checked: Checked[] = [];
  for (const { id, slug: workspace } of workspaces)
    checked.push({ workspace, invariants: await checkInvariants(workspacePool(pool, id), id) });
  return checked;
}

const line = ({ id, violations, detail }: InvariantResult): string =>
  `  ${violations === 0 ? "ok     " : "BROKEN "} ${id.padEnd(5)} ${violations} ${detail}`;

async function main(args: string[]): Promise<number> {
  const { workspace, json } = parseArgs({
    args,
    options: { workspace: { type: "string" }, json: { type: "boolean", default: false } },
  }).values;
  const database = openCommandDatabase();
  try {
    const checked = await checkWorkspaces(database, workspace);
    if (json) console.log(JSON.stringify(checked, null, 2));
    else for (const one of checked) console.log([one.workspace, ...one.invariants.map(line)].join("\n"));
    if (!json && checked.length === 0) console.log("No workspaces yet: nothing to check");
    return checked.some((one) => one.invariants.some(({ violations }) => violations > 0)) ? 1 : 0;
  } finally {
    await database.close();
  }
}

runCommand(USAGE, main);
