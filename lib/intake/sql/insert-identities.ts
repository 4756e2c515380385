import { type Db, sql } from "@/lib/platform/db";
import { type Decision, keyText, type Node, survivorOf } from "../linking";

/** The import on whose row an id of that customer moved to its survivor. */
function joinedBy(node: Node): number | null {
  let by: number | null = null;
  for (let one = node; one.into; one = one.into) by ??= one.mergedBy;
  return by;
}

/** Writes the customers a decision created, the ids it attached and the names it changed; every customer has its id. */
export async function insertIdentities(db: Db, workspaceId: number, decision: Decision): Promise<void> {
  const { created } = decision;
  if (created.length > 0)
    await db.query(sql`
      INSERT INTO customer (workspace_id, customer_id, display_key, created_at, merged_into, merged_by, tied_to)
      SELECT ${workspaceId}::int, *, '{}'::int[] FROM unnest(
        ${created.map((node) => node.customerId)}::bigint[], ${created.map((node) => node.displayKey)}::text[],
        ${created.map((node) => node.createdAt)}::timestamptz[],
        ${created.map((node) => node.into?.customerId ?? null)}::bigint[],
        ${created.map((node) => node.mergedBy)}::int[])`);

  const used = new Set(decision.used.map(keyText));
  const attached = decision.attached
    .map((one) => ({ ...one, text: keyText(one.key) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1));
  if (attached.length > 0)
    await db.query(sql`
      INSERT INTO identity (workspace_id, kind, value, customer_id, home_customer_id, created_at, brought_by, joined_by, used_since)
      SELECT ${workspaceId}::int, * FROM unnest(
        ${attached.map(({ key }) => key.kind)}::text[], ${attached.map(({ key }) => key.value)}::text[],
        ${attached.map(({ node }) => survivorOf(node).customerId)}::bigint[],
        ${attached.map(({ node }) => node.customerId)}::bigint[],
        ${attached.map(({ createdAt }) => createdAt)}::timestamptz[],
        ${attached.map(({ broughtBy }) => broughtBy)}::int[], ${attached.map(({ node }) => joinedBy(node))}::int[],
        ${attached.map(({ text }) => used.has(text))}::bool[])`);

  const fresh = new Set(attached.map(({ text }) => text));
  const known = decision.used.filter((key) => !fresh.has(keyText(key)));
  if (known.length > 0)
    await db.query(sql`
      UPDATE identity SET used_since = true
      FROM unnest(${known.map((key) => key.kind)}::text[], ${known.map((key) => key.value)}::text[]) AS used (kind, value)
      WHERE identity.workspace_id = ${workspaceId} AND identity.kind = used.kind AND identity.value = used.value`);

  const renamed = [...decision.renamed];
  if (renamed.length > 0)
    await db.query(sql`
      UPDATE customer SET display_key = new.display_key
      FROM unnest(${renamed.map((node) => node.customerId)}::bigint[],
        ${renamed.map((node) => node.displayKey)}::text[]) AS new (customer_id, display_key)
      WHERE customer.workspace_id = ${workspaceId} AND customer.customer_id = new.customer_id`);

  const tied = [...created, ...decision.tied].flatMap((node) =>
    [...node.tiedTo].map((importId) => ({ customerId: node.customerId, importId })),
  );
  if (tied.length > 0)
    await db.query(sql`
      UPDATE customer SET tied_to = tie.imports
      FROM (SELECT customer_id, array_agg(import ORDER BY import) AS imports
        FROM unnest(${tied.map((one) => one.customerId)}::bigint[], ${tied.map((one) => one.importId)}::int[])
          AS tie (customer_id, import) GROUP BY customer_id) tie
      WHERE customer.workspace_id = ${workspaceId} AND customer.customer_id = tie.customer_id`);
}
