import { sessionSecret } from "@/lib/platform/auth/session-cookie";
import { assertUtc, sql } from "@/lib/platform/db";
import { webPool } from "@/lib/platform/http/connections";
import { log } from "@/lib/platform/log";

export const dynamic = "force-dynamic";

/** What must hold before requests are sent here, by name; each throws when it does not. */
const checks: Record<string, () => Promise<void>> = {
  database: () => assertUtc(webPool()),
  migrations: async () => {
    const { rows } = await webPool().query(
      sql`SELECT count(*)::int AS open FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL`,
    );
    if (rows[0]?.open !== 0) throw new Error("a migration has not finished");
  },
  sessions: async () => void sessionSecret(),
};

/** Readiness: the database answers on UTC, is migrated, and sessions can be sealed; 503 names what does not hold. */
export async function GET() {
  const outcomes = await Promise.all(
    Object.entries(checks).map(async ([name, check]): Promise<[string, boolean]> => {
      try {
        await check();
        return [name, true];
      } catch (err) {
        log.warn({ check: name, err }, "not ready");
        return [name, false];
      }
    }),
  );
  const ready = outcomes.every(([, holds]) => holds);
  return Response.json(
    { status: ready ? "ready" : "not ready", checks: Object.fromEntries(outcomes) },
    { status: ready ? 200 : 503, headers: { "cache-control": "no-store" } },
  );
}
