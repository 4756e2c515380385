// npm run audit -- verify --workspace W [--json]: follows the chain of a workspace's audit log. Exit 1 when it is broken.
import { parseArgs } from "node:util";
import { verifyAudit } from "@/lib/audit/queries";
import { workspacePool } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { getWorkspaceBySlug } from "@/lib/workspaces/queries";
import { openCommandDatabase } from "./command-database";

const USAGE = "npm run audit -- verify --workspace SLUG [--json]";

function readArguments(): { workspace: string; json: boolean } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { workspace: { type: "string" }, json: { type: "boolean", default: false } },
    });
    if (positionals.join() !== "verify" || !values.workspace) throw new Error("What to verify is missing");
    return { workspace: values.workspace, json: values.json };
  } catch (error) {
    throw new AppError("bad_input", `${(error as Error).message}\nUsage: ${USAGE}`);
  }
}

async function main(): Promise<number> {
  const { workspace: slug, json } = readArguments();
  const database = openCommandDatabase();
  try {
    const { id } = await getWorkspaceBySlug(database.directory, slug);
    const result = await verifyAudit(workspacePool(database.pool, id), id);
    const { entries, head, brokenAt } = result;
    if (json) console.log(JSON.stringify({ workspace: slug, ...result }));
    else if (brokenAt === null) console.log(`${slug}: whole, ${entries} entries, last hash ${head}`);
    else
      console.log(`${slug}: BROKEN at entry ${brokenAt}; the ${entries} before it are whole, up to ${head}`);
    return brokenAt === null ? 0 : 1;
  } finally {
    await database.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
