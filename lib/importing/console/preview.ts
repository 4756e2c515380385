import { standardKindById } from "@/lib/intake/kinds";
import type { Pool } from "@/lib/platform/db";
import type { Workspace } from "@/lib/workspaces/schema";
import { importFile, type Settled } from "../import-file";
import type { PreviewRow } from "./preview-row";
import { type FileFormat, kindOf, type Settings } from "./schema";
import { storedFile } from "./stored-file";

export const PREVIEW_ROWS = 20;

const SHOWN_CELL_CHARS = 200;

/** The first rows of the file as they would be understood with its settings; writes nothing. */
export async function previewImport(
  pool: Pool,
  p: {
    workspace: Workspace;
    importId: number;
    fileName: string;
    bytes: number;
    format: FileFormat;
    settings: Settings;
    now: Date;
  },
): Promise<PreviewRow[]> {
  const rows: PreviewRow[] = [];
  const kinds = (kind: number | string) =>
    typeof kind === "string" ? kind : (standardKindById(kind)?.key ?? (kind === 0 ? "profile" : "custom"));
  const onSettled = (one: Settled) => {
    for (const [index, row] of one.rows.entries()) {
      const event = one.fate === "accepted" && index === 0 ? one.event : null;
      rows.push({
        line: row.line,
        cells: row.cells.map((cell) => cell.slice(0, SHOWN_CELL_CHARS)),
        fate: one.fate,
        reason: one.fate === "accepted" ? null : one.reason,
        column: one.fate === "refused" ? one.column : null,
        message: one.fate === "refused" ? one.message : null,
        event: event && {
          customer: event.userKey ?? event.anonymousKey ?? "",
          kind: kinds(event.kind),
          occurredAt: event.occurredAt.toISOString(),
          amount: event.amount,
          orderId: (event.props as { orderId?: string } | null)?.orderId ?? null,
          traits: Object.keys(event.traits ?? {}).length,
        },
      });
    }
  };
  const { encoding, header, delimiter } = p.format;
  const { mapping } = p.settings;
  await importFile(pool, {
    workspace: p.workspace,
    kind: kindOf(p.settings.content),
    file: storedFile(pool, { ...p, workspaceId: p.workspace.id }),
    mapping: { ...mapping, ...(delimiter !== null && { delimiter }) },
    encoding,
    header,
    dryRun: true,
    firstRows: PREVIEW_ROWS,
    onSettled,
    now: p.now,
  });
  return rows.sort((a, b) => a.line - b.line);
}
