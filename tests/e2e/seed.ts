import { createHash } from "node:crypto";
import { appendAudit } from "@/lib/audit/append";
import { beginImport, completeUpload, putChunk } from "@/lib/importing/console/upload";
import { drainAll } from "@/lib/intake/drain";
import { type InboxRow, messageUuid, writeInbox } from "@/lib/intake/inbox";
import { KIND } from "@/lib/intake/kinds";
import { quarantine } from "@/lib/intake/quarantine";
import type { Rejection } from "@/lib/intake/rejection";
import { addDemoMembers } from "@/lib/members/demo-sign-ins";
import { addMembership, createMember } from "@/lib/members/mutations";
import { addDays, type Day, localDay, parseDay, startOfDay } from "@/lib/platform/day";
import { openPool, type Pool, sql, transaction } from "@/lib/platform/db";
import { openPrisma } from "@/lib/platform/prisma";
import { replay } from "@/lib/stages/recompute";
import { createSource, createWorkspace, ensureSource } from "@/lib/workspaces/mutations";
import { type Role, type Workspace, workspaceDay } from "@/lib/workspaces/schema";
import { fillTeahouse } from "./seed-teahouse";
import {
  empty,
  harbour,
  island,
  live,
  offices,
  PASSWORD,
  people,
  quay,
  shops,
  teahouse,
  team,
  vault,
  waitingImport,
  website,
  wharves,
  yards,
} from "./world";

const TIME_ZONE = "Asia/Shanghai";

/** A number of [0, size) that looks random and is the same every time. */
const pick = (seed: number, size: number): number => ((seed * 2_654_435_761) >>> 7) % size;

/** What customer `i` did up to `today`: a first visit, then orders at an own rhythm that some give up. */
function happenings(
  i: number,
  today: Day,
  spanDays: number,
): { kind: number; on: Day; amount: number | null }[] {
  const started = addDays(today, -pick(i + 1, spanDays));
  const everyDays = 4 + pick(i + 7, 30);
  const orders = pick(i + 13, 15);
  const visits = [{ kind: KIND.view, on: started, amount: null }];
  const bought = Array.from({ length: orders }, (_, n) => ({
    kind: KIND.order,
    on: addDays(started, 1 + n * everyDays),
    amount: 5_000 + 100 * pick(i * 31 + n, 400),
  }));
  return [...visits, ...bought].filter((one) => one.on <= today);
}

async function fill(
  pool: Pool,
  workspace: Workspace,
  p: {
    today: Day;
    customers: number;
    spanDays: number;
    now: Date;
    /** How customer `i` is known, and what is stated about it. */
    person?: (i: number) => { userKey: string; channel: string | null; traits: Record<string, string> };
  },
): Promise<void> {
  const personOf =
    p.person ?? ((i) => ({ userKey: `shop-${String(i).padStart(4, "0")}`, channel: null, traits: null }));
  const sourceId = await ensureSource(pool, {
    workspaceId: workspace.id,
    name: "seed",
    kind: "demo",
    now: p.now,
  });
  const rows = Array.from({ length: p.customers }, (_, i) =>
    happenings(i, p.today, p.spanDays).map(
      ({ kind, on, amount }, n): InboxRow => ({
        sourceId,
        kind,
        receivedAt: p.now,
        occurredAt: new Date(startOfDay(on, TIME_ZONE).getTime() + (i % 600) * 60_000),
        messageId: messageUuid(`${workspace.slug}-${i}-${n}`),
        userKey: personOf(i).userKey,
        anonymousKey: null,
        previousKey: null,
        externalKeys: null,
        amount,
        channel: personOf(i).channel,
        props: null,
        traits: personOf(i).traits,
      }),
    ),
  ).flat();
  await writeInbox(pool, workspace.id, rows);
  await drainAll(pool, { workspaceId: workspace.id, timeZone: TIME_ZONE, now: p.now });
  await replay(pool, { workspaceId: workspace.id, asOf: workspaceDay(workspace, p.now), now: p.now });
}

/** Sends a file that nobody has mapped yet. */
async function sendFile(pool: Pool, { id: workspaceId }: Workspace, now: Date): Promise<void> {
  const lines = ["订单号,会员号,下单时间,实付金额,手机号,城市"];
  for (let i = 1; i <= 30; i++)
    lines.push(
      `H${i},shop-00${10 + i},2026-06-${10 + (i % 18)} 10:00,${i % 9 === 0 ? "免费" : i * 12.5},138000000${i},杭州`,
    );
  const bytes = Buffer.from(`${lines.join("\n")}\n`);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const actor = { kind: "member", id: "seed", name: people.manager.name } as const;
  const { id: importId } = await beginImport(pool, {
    workspaceId,
    fileName: waitingImport.name,
    bytes: bytes.length,
    sha256,
    actor,
    now,
  });
  await putChunk(pool, { workspaceId, importId, n: 0, bytes });
  await completeUpload(pool, { workspaceId, importId, now });
}

/** A source whose sender calls some things otherwise than we do. */
async function refuseSome(pool: Pool, { id: workspaceId }: Workspace, now: Date): Promise<void> {
  const { sourceId } = await createSource(pool, { workspaceId, name: website.name, kind: "http", now });
  const event = (n: number, properties: object) => ({
    event: "下单",
    userId: `shop-${n}`,
    messageId: `w${n}`,
    properties,
  });
  const refused = (n: number, properties: object, rejection: Rejection) => ({
    raw: JSON.stringify(event(n, properties)),
    rejection,
    envelope: { type: "track" },
  });
  await quarantine(pool, {
    workspaceId,
    sourceId,
    receivedAt: now,
    rows: [
      ...[1, 2, 3].map((n) =>
        refused(
          n,
          { 总价: "99.50", 手机号: "13800001234" },
          { reason: "missing_amount", path: "properties.revenue", message: "No amount" },
        ),
      ),
      refused(
        4,
        { revenue: "￥12" },
        { reason: "bad_amount", path: "properties.revenue", message: "Not a plain decimal" },
      ),
    ],
  });
}

/** A log somebody tampered with behind the product's back. */
async function falsifyLog(pool: Pool, { id: workspaceId }: Workspace, now: Date): Promise<void> {
  const actor = { kind: "member", id: "seed", name: people.manager.name } as const;
  for (const role of ["operator", "analyst", "manager"])
    await transaction(pool, (db) =>
      appendAudit(db, {
        workspaceId,
        now,
        actor,
        action: "member.role_changed",
        target: people.mate.email,
        before: { role: "operator" },
        after: { role },
      }),
    );
  await pool.query(sql`
    UPDATE audit_entry SET after = '{"role": "admin"}' WHERE workspace_id = ${workspaceId} AND seq = ${vault.brokenAt}`);
}

/** Makes the world of the browser tests in an empty, migrated database. */
export default async function seed(databaseUrl: string): Promise<void> {
  const pool = openPool(databaseUrl);
  const prisma = openPrisma(databaseUrl);
  const now = new Date();
  const common = { timeZone: TIME_ZONE, currency: "CNY", now };
  try {
    const fixed = async (one: { slug: string; name: string; today: string }, isDemo: boolean) =>
      createWorkspace(pool, {
        ...common,
        slug: one.slug,
        name: one.name,
        isDemo,
        clock: { mode: "fixed", at: startOfDay(parseDay(one.today), TIME_ZONE) },
      });
    const workspaces = {
      harbour: await fixed(harbour, true),
      live: await createWorkspace(pool, { ...common, slug: live.slug, name: live.name }),
      empty: await createWorkspace(pool, { ...common, slug: empty.slug, name: empty.name }),
      team: await createWorkspace(pool, { ...common, slug: team.slug, name: team.name }),
      island: await fixed(island, false),
      yardZh: await fixed(yards["zh-CN"], false),
      yardEn: await fixed(yards.en, false),
      teahouse: await fixed(teahouse, false),
      quay: await fixed(quay, false),
      vault: await createWorkspace(pool, { ...common, slug: vault.slug, name: vault.name }),
      wharfZh: await createWorkspace(pool, { ...common, ...wharves["zh-CN"] }),
      wharfEn: await createWorkspace(pool, { ...common, ...wharves.en }),
    };
    await refuseSome(pool, workspaces.harbour, now);
    await fillTeahouse(pool, workspaces.teahouse, now);
    await fill(pool, workspaces.harbour, {
      today: parseDay(harbour.today),
      customers: harbour.customers,
      spanDays: 180,
      now,
    });
    await fill(pool, workspaces.island, { today: parseDay(island.today), customers: 40, spanDays: 90, now });
    await fill(pool, workspaces.quay, {
      today: parseDay(quay.today),
      customers: quay.customers,
      spanDays: 120,
      now,
      person: (i) => ({
        userKey: `buyer${String(i).padStart(2, "0")}@example.com`,
        channel: ["ads", "referral", null][i % 3] ?? null,
        traits: { plan: ["free", "pro", "team"][pick(i, 3)]! },
      }),
    });
    await fill(pool, workspaces.live, {
      today: localDay(now, TIME_ZONE),
      customers: live.customers,
      spanDays: 20,
      now,
    });

    await sendFile(pool, workspaces.harbour, now);

    const join = async (person: { email: string; name: string }, role: Role, to: Workspace[]) => {
      const { id } = await createMember(prisma, { ...person, password: PASSWORD, locale: "zh-CN", now });
      for (const { id: workspaceId } of to)
        await addMembership(prisma, { workspaceId, memberId: id, role, now });
    };
    const emptyOnes = async (some: object) => {
      const made = [];
      for (const { slug, name } of Object.values(some))
        made.push(await createWorkspace(pool, { ...common, slug, name }));
      return made;
    };
    const ofOffice = await emptyOnes(offices);
    const ofShops = await emptyOnes(shops);
    const { team: ofTeam, vault: falsified, wharfZh, wharfEn, ...ofCustomers } = workspaces;
    await join(people.manager, "manager", Object.values(ofCustomers));
    await join(people.admin, "admin", [workspaces.harbour]);
    await join(people.lead, "admin", [ofTeam]);
    await join(people.mate, "operator", [ofTeam]);
    await join(people.roamer, "operator", [workspaces.harbour]);
    await join(people.operator, "operator", [workspaces.harbour, workspaces.teahouse]);
    await join(people.linguist, "operator", [workspaces.harbour]);
    await join(people.viewer, "operator", [workspaces.harbour]);
    await join(people.analyst, "analyst", [workspaces.harbour]);
    await join(people.clerk, "operator", [workspaces.quay]);
    await join(people.reader, "analyst", [workspaces.quay]);
    await join(people.outsider, "operator", [workspaces.live]);
    await join(people.importer, "operator", [workspaces.yardZh, workspaces.yardEn]);
    await join(people.founder, "admin", ofShops);
    await join(people.keeper, "admin", ofOffice);
    await falsifyLog(pool, falsified, now);
    await join(people.wharfinger, "admin", [wharfZh, wharfEn, falsified]);
    await join(people.watcher, "analyst", [wharfZh, wharfEn]);
    await join(people.stranger, "operator", []);
    await addDemoMembers(prisma, { workspaceId: workspaces.harbour.id, now });
  } finally {
    await pool.end();
    await prisma.$disconnect();
  }
}
