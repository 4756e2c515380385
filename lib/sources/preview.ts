import { z } from "zod";
import { type Db, findRow, queryRows } from "@/lib/platform/db";
import { decodeQuarantined, quarantined } from "./decode-quarantined";
import type { ApplyMapping } from "./mapping";
import { type MappingPreview, PREVIEW_LIMIT } from "./preview-answer";
import { newestQuarantinedSql, quarantinedPageSql } from "./sql/quarantined-page";

const PAGE = 500;
const SAMPLES = 20;

/** What a mapping would make of the source's quarantine, without changing anything. */
export async function previewMapping(
  db: Db,
  p: { workspaceId: number; sourceId: number; currency: string; apply: ApplyMapping },
): Promise<MappingPreview> {
  const result: MappingPreview = {
    examined: 0,
    accepted: 0,
    dropped: 0,
    refused: 0,
    partial: false,
    samples: [],
  };
  const newest = await findRow(db, z.object({ id: z.number() }), newestQuarantinedSql(p.workspaceId));
  const until = newest?.id ?? 0;
  for (let after = 0; ; ) {
    const rows = await queryRows(db, quarantined, quarantinedPageSql({ ...p, after, until, limit: PAGE }));
    for (const row of rows) {
      const outcome = decodeQuarantined(row, p);
      if (!outcome?.ok) {
        result.refused++;
        continue;
      }
      const event = outcome.value === "dropped" ? null : outcome.value;
      result[event ? "accepted" : "dropped"]++;
      if (result.samples.length < SAMPLES)
        result.samples.push({
          id: row.id,
          receivedAt: row.receivedAt,
          kind: event?.kind ?? null,
          customer: event ? (event.userKey ?? event.externalKeys?.[0]?.[1] ?? event.anonymousKey) : null,
          occurredAt: event?.occurredAt ?? null,
          amount: event?.amount ?? null,
          props: (event?.props as Record<string, unknown> | null | undefined) ?? null,
        });
    }
    result.examined += rows.length;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return result;
    if (result.examined >= PREVIEW_LIMIT) return { ...result, partial: true };
    after = last.id;
  }
}
