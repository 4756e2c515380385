// A worker by itself: marks everybody of a workspace dirty, recomputes incrementally and in full, and says what it took.
import { openPool, sql } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { recompute } from "@/lib/stages/recompute";
import { NOW, TODAY } from "./data-set";

const workspaceId = Number(process.argv[2]);
const pool = openPool(env().DATABASE_URL, 2);
await pool.query(sql`
  INSERT INTO customer_dirty (workspace_id, customer_id, day)
  SELECT workspace_id, customer_id, ${TODAY}::date FROM customer WHERE workspace_id = ${workspaceId}`);
const task = { workspaceId, asOf: TODAY, now: NOW };
const { evaluated } = await recompute(pool, { ...task, mode: "incremental" });
await recompute(pool, { ...task, mode: "full" });
await pool.end();
console.log(JSON.stringify({ evaluated, peakMb: process.resourceUsage().maxRSS / 1024 }));
