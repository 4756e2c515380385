import { z } from "zod";
import { type Db, findRow, type Pool, sql } from "@/lib/platform/db";
import { type ApplyMapping, compileMapping, NO_MAPPING, type SourceMapping, sourceMapping } from "./mapping";

const row = z.object({ mapping: sourceMapping.nullable(), version: z.number().int() });

/** The mapping of a source and its version; version 0 when nobody has written one. */
export const findMapping = async (
  db: Db,
  p: { workspaceId: number; sourceId: number },
): Promise<{ mapping: SourceMapping; version: number } | null> => {
  const found = await findRow(
    db,
    row,
    sql`SELECT mapping, mapping_version AS version FROM source WHERE workspace_id = ${p.workspaceId} AND id = ${p.sourceId}`,
  );
  return found && { mapping: found.mapping ?? NO_MAPPING, version: found.version };
};

const asItIs = compileMapping(NO_MAPPING);

// A version never changes its content: what is remembered under it is true for ever, and a new version is asked for by its number.
const remembered = new WeakMap<Pool, Map<number, { version: number; apply: ApplyMapping }>>();

/**
 * The mapping a request of this source falls under, ready to apply. The version comes with the look-up of the write key, so a
 * saved mapping holds from the next request on, in every process, and an unchanged one costs nothing.
 */
export async function activeMapping(
  pool: Pool,
  p: { workspaceId: number; sourceId: number; version: number },
): Promise<ApplyMapping> {
  if (p.version === 0) return asItIs;
  let ofPool = remembered.get(pool);
  if (!ofPool) remembered.set(pool, (ofPool = new Map()));
  const known = ofPool.get(p.sourceId);
  if (known?.version === p.version) return known.apply;
  const found = await findMapping(pool, p);
  if (!found) return asItIs;
  const apply = compileMapping(found.mapping);
  ofPool.set(p.sourceId, { version: found.version, apply });
  return apply;
}
