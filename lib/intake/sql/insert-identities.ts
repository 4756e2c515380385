import { type Db, sql } from "@/lib/platform/db";
import { type Decision, keyText, survivorOf } from "../linking";

/** Writes the customers a decision created, the ids it attached and the names it changed; every customer has its id. */
export async function insertIdentities(db: Db, workspaceId: number, decision: Decision): Promise<void> {
  const { created } = decision;
  if (created.length > 0)
    await db.query(sql`
      INSERT INTO customer (workspace_id, customer_id, display_key, created_at, merged_into)
      SELECT ${workspaceId}::int, * FROM unnest(
        ${created.map((node) => node.customerId)}::bigint[], ${created.map((node) => node.displayKey)}::text[],
        ${created.map((node) => node.createdAt)}::timestamptz[],
        ${created.map((node) => node.into?.customerId ?? null)}::bigint[])`);

  const attached = decision.attached
    .map((one) => ({ ...one, text: keyText(one.key) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1));
  if (attached.length > 0)
    await db.query(sql`
      INSERT INTO identity (workspace_id, kind, value, customer_id, home_customer_id, created_at)
      SELECT ${workspaceId}::int, * FROM unnest(
        ${attached.map(({ key }) => key.kind)}::text[], ${attached.map(({ key }) => key.value)}::text[],
        ${attached.map(({ node }) => survivorOf(node).customerId)}::bigint[],
        ${attached.map(({ node }) => node.customerId)}::bigint[],
        ${attached.map(({ createdAt }) => createdAt)}::timestamptz[])`);

  const renamed = [...decision.renamed];
  if (renamed.length > 0)
    await db.query(sql`
      UPDATE customer SET display_key = new.display_key
      FROM unnest(${renamed.map((node) => node.customerId)}::bigint[],
        ${renamed.map((node) => node.displayKey)}::text[]) AS new (customer_id, display_key)
      WHERE customer.workspace_id = ${workspaceId} AND customer.customer_id = new.customer_id`);
}
