import type { DecidingModel } from "@/lib/stages/queries";
import type { DataSet } from "./data-set";
import type { Figure } from "./goal";
import type { Meter } from "./meter";

/** What the groups of goals share: the data, the meter, and where figures go. */
export interface Bench {
  url: string;
  meter: Meter;
  data: DataSet;
  report(figure: Figure): void;
}

/** One shard of one workspace, to be settled under its model. */
export interface BenchTask {
  workspaceId: number;
  shard: number;
  model: DecidingModel;
}
