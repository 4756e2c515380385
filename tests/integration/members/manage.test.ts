import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listAudit, verifyAudit } from "@/lib/audit/queries";
import { changeRole, listMembers, removeMember, setSuspended } from "@/lib/members/manage";
import { findMembership } from "@/lib/members/queries";
import type { Member } from "@/lib/members/schema";
import type { Workspace } from "@/lib/workspaces/schema";
import { NOW, openWorld, type World } from "./people";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.drop());

const by = (member: Member) => ({ kind: "member" as const, id: member.id, name: member.name });
const change = (workspace: Workspace, actor: Member, on: Member) => ({
  workspaceId: workspace.id,
  memberId: on.id,
  actor: by(actor),
  now: NOW,
});
const roleOf = async (workspace: Workspace, member: Member) =>
  (await findMembership(world.prisma, { workspaceId: workspace.id, memberId: member.id }))?.role ?? null;

describe("an admin", () => {
  test("changes, suspends, restores and removes; the log says what was before and after", async () => {
    const workspace = await world.workspace();
    const [admin, ana] = [await world.person("admin", workspace), await world.person("operator", workspace)];
    const one = change(workspace, admin, ana);
    await changeRole(world.pool, { ...one, role: "manager" });
    await changeRole(world.pool, { ...one, role: "manager" });
    expect(await roleOf(workspace, ana)).toBe("manager");
    await setSuspended(world.pool, { ...one, suspended: true });
    expect(await roleOf(workspace, ana)).toBeNull();
    expect(
      (await listMembers(world.pool, workspace.id)).find(({ id }) => id === ana.id)?.suspendedAt,
    ).toEqual(NOW);
    await setSuspended(world.pool, { ...one, suspended: false });
    expect(await roleOf(workspace, ana)).toBe("manager");
    await removeMember(world.pool, one);
    await expect(removeMember(world.pool, one)).rejects.toMatchObject({ code: "not_found" });
    const entries = await listAudit(world.pool, { workspaceId: workspace.id, limit: 10 });
    expect(
      entries.map(({ action, before, after, target }) => [action, before, after, target]).reverse(),
    ).toEqual([
      ["member.role_changed", { role: "operator" }, { role: "manager" }, ana.email],
      ["member.suspended", { suspended: false }, { suspended: true }, ana.email],
      ["member.restored", { suspended: true }, { suspended: false }, ana.email],
      ["member.removed", { role: "manager" }, null, ana.email],
    ]);
    expect((await verifyAudit(world.pool, workspace.id)).brokenAt).toBeNull();
  });

  test("changes nothing of their own membership", async () => {
    const workspace = await world.workspace();
    const admin = await world.person("admin", workspace);
    await world.person("admin", workspace);
    const own = change(workspace, admin, admin);
    for (const attempt of [
      changeRole(world.pool, { ...own, role: "operator" }),
      setSuspended(world.pool, { ...own, suspended: true }),
      removeMember(world.pool, own),
    ])
      await expect(attempt).rejects.toMatchObject({ code: "forbidden", details: { reason: "own" } });
  });

  test("of another workspace is nobody here, and finds nobody of here", async () => {
    const [here, there] = [await world.workspace(), await world.workspace()];
    const [admin, ana] = [await world.person("admin", there), await world.person("operator", here)];
    await expect(
      changeRole(world.pool, { ...change(here, admin, ana), role: "admin" }),
    ).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(
      changeRole(world.pool, { ...change(there, admin, ana), role: "admin" }),
    ).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

test("admins who take each other's role, suspend or remove each other at once leave one active admin", async () => {
  const acts = [
    (one: ReturnType<typeof change>) => changeRole(world.pool, { ...one, role: "operator" }),
    (one: ReturnType<typeof change>) => setSuspended(world.pool, { ...one, suspended: true }),
    (one: ReturnType<typeof change>) => removeMember(world.pool, one),
  ];
  for (let round = 0; round < 12; round++) {
    const workspace = await world.workspace();
    const admins = await Promise.all(Array.from({ length: 3 }, () => world.person("admin", workspace)));
    const pairs = admins.flatMap((actor) => admins.filter((on) => on !== actor).map((on) => ({ actor, on })));
    const outcomes = await Promise.allSettled(
      pairs.map(({ actor, on }, i) => acts[(i + round) % acts.length]!(change(workspace, actor, on))),
    );
    const active = (await listMembers(world.pool, workspace.id)).filter(
      (one) => one.role === "admin" && !one.suspendedAt,
    );
    expect(active).toHaveLength(1);
    for (const one of outcomes)
      if (one.status === "rejected") expect(["forbidden", "not_found"]).toContain(one.reason.code);
  }
});
