import type { StageView } from "@/components/stages/stage-view";

/** Customers by stage at the start (null: not there yet) and at the end of the period. */
export interface FlowCell {
  from: string | null;
  to: string;
  customers: number;
}

export interface MatrixRow {
  /** null: customers who appeared within the period. */
  from: StageView | null;
  /** Per stage of the model's order. */
  cells: number[];
  total: number;
}

/** The flow as a square of numbers: a row for who appeared and one per earlier stage, where there are any. */
export function transitionMatrix(
  flow: readonly FlowCell[],
  stages: readonly StageView[],
): { rows: MatrixRow[]; totals: number[]; total: number } {
  const row = (from: StageView | null): MatrixRow => {
    const cells = stages.map((to) =>
      flow
        .filter((cell) => cell.from === (from?.key ?? null) && cell.to === to.key)
        .reduce((sum, cell) => sum + cell.customers, 0),
    );
    return { from, cells, total: cells.reduce((sum, n) => sum + n, 0) };
  };
  const rows = [row(null), ...stages.map(row)].filter((one) => one.total > 0);
  const totals = stages.map((_, i) => rows.reduce((sum, one) => sum + (one.cells[i] ?? 0), 0));
  return { rows, totals, total: totals.reduce((sum, n) => sum + n, 0) };
}

export interface FlowNode {
  side: "from" | "to";
  stage: StageView | null;
  customers: number;
}

/** The flow unrolled for a Sankey: earlier stages at the left, later ones at the right, so that it has no cycles. */
export function flowGraph(
  flow: readonly FlowCell[],
  stages: readonly StageView[],
): { nodes: FlowNode[]; links: { source: number; target: number; value: number }[] } {
  const { rows, totals } = transitionMatrix(flow, stages);
  const left: FlowNode[] = rows.map((row) => ({ side: "from", stage: row.from, customers: row.total }));
  const right: FlowNode[] = stages.flatMap((stage, i) =>
    totals[i] ? [{ side: "to" as const, stage, customers: totals[i] }] : [],
  );
  const nodes = [...left, ...right];
  const links = rows.flatMap((row, source) =>
    row.cells.flatMap((value, i) =>
      value > 0
        ? [{ source, target: nodes.findIndex((n) => n.side === "to" && n.stage === stages[i]), value }]
        : [],
    ),
  );
  return { nodes, links };
}
