import { addDays } from "@/lib/platform/day";
import { formatMoney } from "@/lib/platform/money";
import { type Board, getBoard } from "@/lib/stages/board";
import { type Arpu, getArpu } from "@/lib/value/arpu";
import type { Report } from "./report";

const signed = (n: number): string => `${n >= 0 ? "+" : ""}${n}`;
const row = (name: string, now: number, before: number): string =>
  `${name.padEnd(12)} ${String(now).padStart(9)}  ${signed(now - before)}`;

const linesOf = (board: Board, { arpu }: Arpu, currency: string): string[] => [
  `As of ${board.asOf}, against ${board.previousOn}; model version ${board.version}`,
  ...board.stages.map((stage) => row(stage.name.en, stage.customers, stage.previous)),
  row("Customers", board.customers, board.previousCustomers),
  `ARPU of the period: ${arpu === null ? "no data" : formatMoney(arpu, currency, "en")}`,
  board.settledOn === null
    ? "Not computed yet"
    : `Settled as of ${board.settledOn}; ${board.pending} facts waiting`,
];

/** The lifecycle board, with the numbers the page and the API give. */
export const boardReport: Report = {
  purpose:
    "customers per stage at the end of the day, against the day before the period, the flow between stages, the trend",
  async answer(pool, { workspace, asOf, days }) {
    const range = { from: addDays(asOf, 1 - days), to: asOf };
    const board = await getBoard(pool, { workspace, ...range });
    const value = await getArpu(pool, { workspaceId: workspace.id, ...range });
    return { json: { ...board, value }, lines: linesOf(board, value, workspace.currency) };
  },
};
