import { parseArgs } from "node:util";
import { verifyAudit } from "@/lib/audit/queries";
import { workspacePool } from "@/lib/platform/db";
import { getWorkspaceBySlug } from "@/lib/workspaces/queries";
import { openCommandDatabase } from "./commands/command-database";
import { misused, runCommand } from "./commands/run-command";

const usage = `npm run audit -- verify --workspace SLUG [--json]

Follows the chain of a workspace's audit log. Exit code 1 when it is broken.`;

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { workspace: { type: "string" }, json: { type: "boolean", default: false } },
  });
  if (positionals.join() !== "verify") throw misused(usage, "What to verify is missing");
  if (!values.workspace) throw misused(usage, "--workspace is missing");
  const database = openCommandDatabase();
  try {
    const { id, slug } = await getWorkspaceBySlug(database.directory, values.workspace);
    const result = await verifyAudit(workspacePool(database.pool, id), id);
    const { entries, head, brokenAt } = result;
    if (values.json) console.log(JSON.stringify({ workspace: slug, ...result }));
    else if (brokenAt === null) console.log(`${slug}: whole, ${entries} entries, last hash ${head}`);
    else
      console.log(`${slug}: BROKEN at entry ${brokenAt}; the ${entries} before it are whole, up to ${head}`);
    return brokenAt === null ? 0 : 1;
  } finally {
    await database.close();
  }
}

runCommand(usage, main);
