import type { FigureData } from "@/components/charts/figure-menu";
import type { StageView } from "@/components/stages/stage-view";
import { type FlowCell, transitionMatrix } from "./flow";
import type { StageCount } from "./stage-bar";
import type { TrendPoint } from "./trend";

/** Words the columns and rows of a file are named with, in the reader's language. */
interface Words {
  stage: string;
  customers: string;
  before: string;
  day: string;
  from: string;
  appeared: string;
  total: string;
}

/** Stages with their customers now and in the compared period. */
export const stagesData = (fileName: string, stages: readonly StageCount[], words: Words): FigureData => ({
  fileName,
  header: [words.stage, words.customers, words.before],
  rows: stages.map(({ name, customers, earlier }) => [
    name,
    customers,
    earlier?.comparable ? earlier.value : null,
  ]),
});

/** A row a day, a column a stage. */
export const trendData = (
  fileName: string,
  trend: readonly TrendPoint[],
  stages: readonly StageView[],
  words: Words,
): FigureData => ({
  fileName,
  header: [words.day, ...stages.map(({ name }) => name), words.total],
  rows: trend.map(({ day, counts }) => {
    const cells = stages.map(({ key }) => counts[key] ?? 0);
    return [day, ...cells, cells.reduce((sum, n) => sum + n, 0)];
  }),
});

/** The transition matrix: a row an earlier stage, a column a later one. */
export function flowData(
  fileName: string,
  flow: readonly FlowCell[],
  stages: readonly StageView[],
  words: Words,
): FigureData {
  const { rows, totals, total } = transitionMatrix(flow, stages);
  return {
    fileName,
    header: [words.from, ...stages.map(({ name }) => name), words.total],
    rows: [
      ...rows.map((row) => [row.from?.name ?? words.appeared, ...row.cells, row.total]),
      [words.total, ...totals, total],
    ],
  };
}
