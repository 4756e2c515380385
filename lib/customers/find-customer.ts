import { z } from "zod";
import type { Day } from "@/lib/platform/day";
import { type Db, findRow, sql } from "@/lib/platform/db";
import { NotFoundError } from "@/lib/platform/errors";
import { type DecidingModel, getDecidingModel } from "@/lib/stages/queries";
import { type Workspace, workspaceDay } from "@/lib/workspaces/schema";

const customerRow = z.object({ customerId: z.number(), displayKey: z.string(), createdAt: z.date() });
export type Customer = z.infer<typeof customerRow>;

/** The part of a path that names a customer. */
export const customerPath = z.object({ customer: z.coerce.number().int().min(1) });

/**
 * The customer of that id, or the one it was merged into, however often; NotFoundError when the workspace has none.
 * Ids of other workspaces answer like ids nobody has.
 */
export async function findCustomer(
  db: Db,
  p: { workspaceId: number; customerId: number },
): Promise<Customer> {
  const row = await findRow(
    db,
    customerRow,
    sql`WITH RECURSIVE standing AS (
          SELECT customer_id, display_key, created_at, merged_into FROM customer
          WHERE workspace_id = ${p.workspaceId} AND customer_id = ${p.customerId}
          UNION ALL
          SELECT c.customer_id, c.display_key, c.created_at, c.merged_into FROM standing s
          JOIN customer c ON c.workspace_id = ${p.workspaceId} AND c.customer_id = s.merged_into
        )
        SELECT customer_id AS "customerId", display_key AS "displayKey", created_at AS "createdAt"
        FROM standing WHERE merged_into IS NULL`,
  );
  if (!row) throw new NotFoundError("customer", p.customerId);
  return row;
}

/** What a question about one customer is about: who, under which model, as of which day (today when none or a later one is asked). */
export interface CustomerQuestion {
  workspace: Workspace;
  customer: Customer;
  model: DecidingModel;
  asOf: Day;
  today: Day;
}

/** Resolves a question about a customer; NotFoundError when the workspace has no such customer. */
export async function customerQuestion(
  db: Db,
  p: { workspace: Workspace; customerId: number; asOf: Day | undefined; now: Date },
): Promise<CustomerQuestion> {
  const today = workspaceDay(p.workspace, p.now);
  const [customer, model] = await Promise.all([
    findCustomer(db, { workspaceId: p.workspace.id, customerId: p.customerId }),
    getDecidingModel(db, p.workspace.id),
  ]);
  return { workspace: p.workspace, customer, model, today, asOf: p.asOf && p.asOf < today ? p.asOf : today };
}
