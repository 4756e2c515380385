import { drainAll } from "@/lib/intake/drain";
import { type InboxRow, messageUuid, writeInbox } from "@/lib/intake/inbox";
import { KIND, PROFILE } from "@/lib/intake/kinds";
import { addDays, parseDay, startOfDay } from "@/lib/platform/day";
import type { Pool } from "@/lib/platform/db";
import { recompute } from "@/lib/stages/recompute";
import { ensureSource } from "@/lib/workspaces/mutations";
import type { Workspace } from "@/lib/workspaces/schema";
import { teahouse } from "./world";

/** The teahouse: one regular with ids, traits and a timeline, three passers-by, and a correction of the past. */
export async function fillTeahouse(pool: Pool, workspace: Workspace, now: Date): Promise<void> {
  const { id: workspaceId, timeZone } = workspace;
  const today = parseDay(teahouse.today);
  const sourceId = await ensureSource(pool, { workspaceId, name: "shop-app", kind: "demo", now });
  const { regular } = teahouse;
  let made = 0;
  const row = (daysAgo: number, minute: number, more: Partial<InboxRow>): InboxRow => {
    const at = new Date(startOfDay(addDays(today, -daysAgo), timeZone).getTime() + minute * 60_000);
    return {
      sourceId,
      kind: KIND.view,
      receivedAt: now,
      occurredAt: at,
      messageId: messageUuid(`teahouse-${made++}`),
      userKey: regular.key,
      anonymousKey: null,
      previousKey: null,
      externalKeys: null,
      amount: null,
      channel: null,
      props: null,
      traits: null,
      ...more,
    };
  };
  const order = (daysAgo: number, amount: number): InboxRow =>
    row(daysAgo, 600, {
      kind: KIND.order,
      amount,
      props: {
        orderId: `T-${daysAgo}`,
        items: [{ sku: "lj-100", name: "龙井", quantity: 2, price: amount / 200 }],
        receiver: { name: "李雷", phone: regular.key, address: "杭州市西湖区龙井路 1 号" },
      },
    });
  const profile = (daysAgo: number, traits: Record<string, unknown>): InboxRow =>
    row(daysAgo, 500, { kind: PROFILE, traits });
  const recomputeNow = () => recompute(pool, { workspaceId, mode: "incremental", asOf: today, now });
  const take = async (rows: InboxRow[]) => {
    await writeInbox(pool, workspaceId, rows);
    await drainAll(pool, { workspaceId, timeZone, now });
  };

  await take([
    row(100, 480, { userKey: null, anonymousKey: "anon-7", channel: "wechat" }),
    ...[90, 70, 40, 25, 10].map((daysAgo) => order(daysAgo, 20_000)),
    profile(89, { name: "李雷", city: "杭州", plan: "silver" }),
    profile(60, { email: regular.email, plan: "gold", sizes: ["100 g", "250 g"] }),
    ...Array.from({ length: regular.views - 1 }, (_, i) =>
      row(5, 700 + i, { props: { target: `tea-${i}` } }),
    ),
    row(4, 700, { kind: KIND.search, props: { query: "明前龙井" } }),
    row(3, 700, { kind: KIND.complaint, props: { topic: "物流", text: `请打 ${regular.key} 联系我` } }),
    ...["u-2", "u-3", "u-4"].map((userKey, i) => row(20 + i, 600, { userKey, channel: "douyin" })),
  ]);
  await recomputeNow();
  // The anonymous visitor turns out to be the regular, and an order arrives late: the past was another.
  await take([
    row(2, 600, { kind: PROFILE, anonymousKey: "anon-7", externalKeys: [["email", regular.email]] }),
    order(80, 30_000),
  ]);
  await recomputeNow();
}
