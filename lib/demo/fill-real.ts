import path from "node:path";
import { localFile } from "@/lib/importing/import-bytes";
import { importFile } from "@/lib/importing/import-file";
import cdnowMapping from "@/lib/importing/mappings/cdnow.json";
import onlineRetailMapping from "@/lib/importing/mappings/online-retail.json";
import type { ImportSummary } from "@/lib/importing/summary";
import type { Pool } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import type { Workspace } from "@/lib/workspaces/schema";

import type { OnRows } from "./load";

const DATA = path.resolve(import.meta.dirname, "../../prisma/demo/data");
export const ONLINE_RETAIL_FILE = path.join(DATA, "online_retail.csv.gz");
export const CDNOW_FILE = path.join(DATA, "cdnow_sample.csv.gz");

interface RealFill {
  workspace: Workspace;
  now: Date;
  onRows?: OnRows;
}

/** What an import came to, in the words a demo load is recorded in. */
export interface RealCounts extends Record<string, number> {
  rows: number;
  skipped: number;
  orders: number;
  refunds: number;
  stored: number;
}

async function fillOrders(pool: Pool, p: RealFill, file: string, mapping: unknown): Promise<RealCounts> {
  const summary: ImportSummary = await importFile(pool, {
    workspace: p.workspace,
    kind: "orders",
    file: localFile(file),
    mapping,
    source: "demo",
    now: p.now,
    onProgress: ({ phase, rows }) => phase === "drain" || p.onRows?.(rows, phase === "survey"),
  });
  const [fault] = summary.faults;
  // The files are ours and known: a refused row means that the importer or the file is broken.
  if (fault) throw new AppError("conflict", `${path.basename(file)} line ${fault.line}: ${fault.message}`);
  return {
    rows: summary.rows.total,
    skipped: summary.rows.skipped,
    orders: summary.events.orders,
    refunds: summary.events.refunds,
    stored: summary.drained?.stored ?? 0,
  };
}

/** Imports the invoices of Online Retail: orders, cancellations as refunds, lines without a customer skipped. */
export const fillOnlineRetail = (pool: Pool, p: RealFill): Promise<RealCounts> =>
  fillOrders(pool, p, ONLINE_RETAIL_FILE, onlineRetailMapping);

/** Imports the CDNOW sample: one row, one order. */
export const fillCdnow = (pool: Pool, p: RealFill): Promise<RealCounts> =>
  fillOrders(pool, p, CDNOW_FILE, cdnowMapping);
