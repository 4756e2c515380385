import { parseArgs } from "node:util";
import { addDays, day } from "@/lib/platform/day";
import { workspacePool } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { formatMoney } from "@/lib/platform/money";
import { type Board, getBoard } from "@/lib/stages/board";
import { type Arpu, getArpu } from "@/lib/value/arpu";
import { getWorkspaceBySlug } from "@/lib/workspaces/queries";
import { workspaceDay } from "@/lib/workspaces/schema";
import { openCommandDatabase } from "./command-database";

const usage = `npm run report -- board --workspace W [--as-of 2026-02-01] [--days 30] [--json]

Prints the lifecycle board: customers per stage at the end of the as-of day (default: the workspace's today), against the
day before the period of --days days, the flow between stages, and the trend. --json prints every number for scripts.`;

/** The board as lines people read. */
function asText(board: Board, { arpu }: Arpu, currency: string): string {
  const lines = board.stages.map((s) => {
    const change = s.customers - s.previous;
    return `${s.name.en.padEnd(12)} ${String(s.customers).padStart(9)}  ${change >= 0 ? "+" : ""}${change}`;
  });
  return [
    `As of ${board.asOf}, against ${board.previousOn}; model version ${board.version}`,
    ...lines,
    `${"Customers".padEnd(12)} ${String(board.customers).padStart(9)}  ${board.customers - board.previousCustomers >= 0 ? "+" : ""}${board.customers - board.previousCustomers}`,
    `ARPU of the period: ${arpu === null ? "no data" : formatMoney(arpu, currency, "en")}`,
    board.settledOn === null
      ? "Not computed yet"
      : `Settled as of ${board.settledOn}; ${board.pending} facts waiting`,
  ].join("\n");
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      workspace: { type: "string" },
      "as-of": { type: "string" },
      days: { type: "string", default: "30" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const days = Number(values.days);
  if (values.help || positionals[0] !== "board" || !values.workspace || !Number.isInteger(days) || days < 1) {
    console.error(usage);
    return values.help ? 0 : 2;
  }
  const database = openCommandDatabase();
  try {
    const workspace = await getWorkspaceBySlug(database.directory, values.workspace);
    const pool = workspacePool(database.pool, workspace.id);
    const today = workspaceDay(workspace, new Date());
    const asked = day.safeParse(values["as-of"] ?? today);
    if (!asked.success)
      throw new AppError("bad_input", `--as-of ${values["as-of"]} is no day; one is ${today}`);
    const to = asked.data;
    if (to > today)
      throw new AppError(
        "bad_input",
        `--as-of ${to} has not come yet: "${workspace.slug}" lives in ${today}`,
      );
    const range = { from: addDays(to, 1 - days), to };
    const board = await getBoard(pool, { workspace, ...range });
    const value = await getArpu(pool, { workspaceId: workspace.id, ...range });
    console.log(
      values.json ? JSON.stringify({ ...board, value }, null, 2) : asText(board, value, workspace.currency),
    );
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    await database.close();
  }
}

process.exitCode = await main();
