import { drainAll } from "@/lib/intake/drain";
import { writeInbox } from "@/lib/intake/inbox";
import { KIND } from "@/lib/intake/kinds";
import { createApiKey } from "@/lib/members/api-keys";
import { createInvitation } from "@/lib/members/invitations";
import { addMembership, createMember } from "@/lib/members/mutations";
import type { KeyScope } from "@/lib/members/permissions";
import type { Member } from "@/lib/members/schema";
import { openPrisma } from "@/lib/platform/prisma";
import { replay } from "@/lib/stages/recompute";
import { createSource, createWorkspace } from "@/lib/workspaces/mutations";
import type { Role, Workspace } from "@/lib/workspaces/schema";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { inboxRow } from "@/tests/support/inbox-rows";
import { closeConnections, useDatabase as pointRoutesAt, signedIn } from "../api/console";

const now = new Date();
const TODAY = "2026-06-30";

/** A word that stands in every text of one workspace: where it turns up elsewhere, something leaked. */
export const canaries = { ours: "canary-of-ours", theirs: "canary-of-theirs" } as const;
export type Side = keyof typeof canaries;

export interface Caller {
  name: string;
  headers: Headers;
  /** What the caller may do on each side: by role, by scopes, as nobody known there, or not at all. */
  in: Record<Side, { role: Role } | { scopes: readonly KeyScope[] } | "stranger">;
  /** Whether a session stands behind the request, whatever the workspace. */
  isSignedIn: boolean;
  isKey: boolean;
}

export interface TwoWorkspaces extends TestDatabase {
  sides: Record<Side, Workspace>;
  callers: Caller[];
  /** Ids that calls may use up: everything but what the callers themselves stand on. */
  keep: Set<string>;
}

async function fill(db: TestDatabase, side: Side): Promise<Workspace> {
  const canary = canaries[side];
  const workspace = await createWorkspace(db.pool, {
    slug: side,
    name: `${canary} shop`,
    timeZone: "UTC",
    currency: "CNY",
    clock: { mode: "fixed", at: new Date(`${TODAY}T00:00:00Z`) },
    now,
  });
  const { sourceId } = await createSource(db.pool, {
    workspaceId: workspace.id,
    name: canary,
    kind: "http",
    now,
  });
  const rows = Array.from({ length: 8 }, (_, i) => [
    inboxRow(`${side} ${i} order`, {
      sourceId,
      kind: KIND.order,
      amount: 10_000 + i,
      userKey: `${canary}-${i}`,
      occurredAt: new Date(`2026-06-${String(10 + i).padStart(2, "0")}T10:00:00Z`),
      channel: canary,
      props: { note: canary },
      traits: { name: canary, email: `${canary}-${i}@shop.test` },
    }),
    inboxRow(`${side} ${i} view`, {
      sourceId,
      userKey: `${canary}-${i}`,
      occurredAt: new Date("2026-06-25T10:00:00Z"),
      props: { note: canary },
    }),
  ]).flat();
  await writeInbox(db.pool, workspace.id, rows);
  await drainAll(db.pool, { workspaceId: workspace.id, timeZone: "UTC", now });
  await replay(db.pool, { workspaceId: workspace.id, asOf: TODAY as never, now });
  await db.pool.query(
    `INSERT INTO event_quarantine (workspace_id, source_id, received_at, reason, path, detail, raw)
     VALUES ($1, $2, $3, 'missing_amount', 'properties.revenue', $4, $4)`,
    [workspace.id, sourceId, now, canary],
  );
  return workspace;
}

/** Two workspaces of the same shape, with everybody who could ask for either. */
export async function openTwoWorkspaces(): Promise<TwoWorkspaces> {
  const db = await testDatabase();
  pointRoutesAt(db.url);
  const prisma = openPrisma(db.url);
  const sides = { ours: await fill(db, "ours"), theirs: await fill(db, "theirs") };
  const keep = new Set<string>();
  const person = async (name: string, side: Side, role: Role | null, spare = false): Promise<Member> => {
    const email = `${name.replaceAll(" ", "-")}@${canaries[side]}.test`;
    const member = await createMember(prisma, { email, name, password: "a long enough password", now });
    if (role) await addMembership(prisma, { workspaceId: sides[side].id, memberId: member.id, role, now });
    if (!spare) keep.add(member.id);
    return member;
  };
  const callers: Caller[] = [
    {
      name: "anonymous",
      headers: await signedIn(null),
      in: { ours: "stranger", theirs: "stranger" },
      isSignedIn: false,
      isKey: false,
    },
  ];
  const session = async (name: string, member: Member, at: Caller["in"]) =>
    callers.push({ name, headers: await signedIn(member), in: at, isSignedIn: true, isKey: false });
  for (const role of ["operator", "analyst", "manager", "admin"] as const)
    await session(role, await person(role, "ours", role), { ours: { role }, theirs: "stranger" });
  const otherAdmin = await person("their admin", "theirs", "admin");
  await session("admin of the other workspace", otherAdmin, { ours: "stranger", theirs: { role: "admin" } });

  const suspended = await person("suspended", "ours", "admin");
  const removed = await person("removed", "ours", "admin");
  await session("suspended member", suspended, { ours: "stranger", theirs: "stranger" });
  await session("member whose role was just removed", removed, { ours: "stranger", theirs: "stranger" });
  await prisma.membership.updateMany({ where: { memberId: suspended.id }, data: { suspendedAt: now } });
  await prisma.membership.deleteMany({ where: { memberId: removed.id } });

  for (const side of ["ours", "theirs"] as const) {
    const { id: workspaceId } = sides[side];
    const actor = { kind: "system" as const, id: "test", name: canaries[side] };
    for (let i = 0; i < 6; i++) await person(`spare ${i}`, side, "operator", true);
    const admin = await prisma.membership.findFirstOrThrow({
      where: { workspaceId, role: "admin" },
      include: { member: true },
    });
    const by = { kind: "member" as const, id: admin.memberId, name: canaries[side] };
    for (let i = 0; i < 4; i++) {
      await createInvitation(db.pool, {
        workspaceId,
        actor: by,
        now,
        email: `guest-${i}@${canaries[side]}.test`,
        role: "operator",
      });
      await createApiKey(db.pool, {
        workspaceId,
        actor,
        now,
        name: canaries[side],
        scopes: ["read"],
        expiresAt: null,
      });
    }
  }
  for (const scope of ["read", "ingest"] as const) {
    const actor = { kind: "system" as const, id: "test", name: "test" };
    const made = await createApiKey(db.pool, {
      workspaceId: sides.ours.id,
      actor,
      now,
      name: `${canaries.ours} ${scope}`,
      scopes: [scope],
      expiresAt: null,
    });
    keep.add(made.id);
    const headers = new Headers({
      "accept-language": "en",
      host: "console.test",
      authorization: `Bearer ${made.key}`,
    });
    callers.push({
      name: `API key: ${scope}`,
      headers,
      in: { ours: { scopes: [scope] }, theirs: "stranger" },
      isSignedIn: false,
      isKey: true,
    });
  }
  await prisma.$disconnect();
  return {
    ...db,
    sides,
    callers,
    keep,
    async drop() {
      await closeConnections();
      await db.drop();
    },
  };
}

/** Columns that every request writes, whatever it asks for: when somebody was last seen, when a key was last used. */
const NOTED = ["seen_at", "visit_before_at", "last_used_at"];
const LEFT_OUT = ["_prisma_migrations", "session", "sign_in_failure", "rate_limit"];

/** A fingerprint of everything the database holds, or of one workspace's rows: equal before and after calls that changed nothing. */
export async function fingerprint(db: TestDatabase, workspaceId: number | null = null): Promise<string> {
  const { rows: tables } = await db.pool.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
       AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> ALL ($1::text[])
       AND ($2::int IS NULL OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'workspace_id'))
     ORDER BY 1`,
    [LEFT_OUT, workspaceId],
  );
  const parts = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, md5(coalesce(string_agg(h, '' ORDER BY h), '')) AS hash
       FROM (SELECT md5((row - $1::text[])::text) AS h FROM (SELECT to_jsonb(t) AS row FROM "${name}" t) AS r
             WHERE $2::int IS NULL OR (row ->> 'workspace_id')::int = $2) AS rows`,
  );
  const { rows } = await db.pool.query(
    `SELECT json_object_agg(name, hash)::text AS all FROM (${parts.join(" UNION ALL ")}) AS one`,
    [NOTED, workspaceId],
  );
  return rows[0].all;
}
