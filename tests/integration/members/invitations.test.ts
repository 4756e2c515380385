import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listAudit } from "@/lib/audit/queries";
import {
  acceptInvitation,
  acceptInvitationsOf,
  createInvitation,
  findOffer,
  listInvitations,
  revokeInvitation,
} from "@/lib/members/invitations";
import { findMembership, verifyPassword } from "@/lib/members/queries";
import type { Member } from "@/lib/members/schema";
import type { Workspace } from "@/lib/workspaces/schema";
import { later, NOW, openWorld, type World } from "./people";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.drop());

const WEEK = 7 * 24 * 60;
const newcomer = { name: "New", password: "a good long one", locale: "en" as const };
let count = 0;
const someone = () => `new${count++}@shop.test`;

async function invited(email = someone(), workspace?: Workspace) {
  const at = workspace ?? (await world.workspace());
  const admin = await world.person("admin", at);
  const asked = {
    workspaceId: at.id,
    actor: { kind: "member" as const, id: admin.id, name: admin.name },
    now: NOW,
  };
  const made = await createInvitation(world.pool, { ...asked, email, role: "analyst" });
  return { ...made, email, workspace: at, asked };
}
const membership = (workspace: Workspace, memberId: string) =>
  findMembership(world.prisma, { workspaceId: workspace.id, memberId });

describe("an invitation", () => {
  test("makes a member who can sign in, once; its link is not stored", async () => {
    const { token, email, workspace } = await invited();
    const dump = JSON.stringify((await world.pool.query("SELECT * FROM invitation")).rows);
    expect(dump).not.toContain(token);
    expect(await acceptInvitation(world.pool, { token, as: newcomer, now: later(5) })).toEqual({
      slug: workspace.slug,
      email,
    });
    const id = await verifyPassword(world.prisma, { email, password: newcomer.password });
    expect(await membership(workspace, id!)).toMatchObject({ role: "analyst" });
    await expect(acceptInvitation(world.pool, { token, as: newcomer, now: later(6) })).rejects.toMatchObject({
      code: "not_found",
    });
    const [entry] = await listAudit(world.pool, { workspaceId: workspace.id, limit: 1 });
    expect(entry).toMatchObject({
      action: "invitation.accepted",
      target: email,
      actor: { id },
      after: { role: "analyst" },
    });
  });

  test("is accepted by one, however many accept at the same time", async () => {
    for (let round = 0; round < 5; round++) {
      const { token, workspace } = await invited();
      const outcomes = await Promise.allSettled(
        Array.from({ length: 4 }, () => acceptInvitation(world.pool, { token, as: newcomer, now: later(1) })),
      );
      expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
      expect(await listInvitations(world.pool, workspace.id)).toEqual([]);
    }
  });

  test.each([
    ["past its week", later(WEEK), async () => {}],
    [
      "revoked",
      later(1),
      (i: Awaited<ReturnType<typeof invited>>) => revokeInvitation(world.pool, { ...i.asked, id: i.id }),
    ],
    [
      "replaced by a newer one",
      later(1),
      (i: Awaited<ReturnType<typeof invited>>) =>
        createInvitation(world.pool, { ...i.asked, email: i.email, role: "admin" }).then(() => {}),
    ],
  ])("opens nothing when it is %s", async (_how, now, end) => {
    const made = await invited();
    expect(await findOffer(world.pool, { token: made.token, now: later(WEEK - 1) })).toMatchObject({
      email: made.email,
    });
    await end(made);
    expect(await findOffer(world.pool, { token: made.token, now })).toBeNull();
    await expect(
      acceptInvitation(world.pool, { token: made.token, as: newcomer, now }),
    ).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("of an address with an account asks to sign in, as that address and no other", async () => {
    const [ana, ben] = [await world.person("operator"), await world.person("operator")];
    const { token, workspace } = await invited(ana.email);
    const as = (who: Member | typeof newcomer | null) =>
      acceptInvitation(world.pool, { token, as: who, now: later(1) });
    await expect(as(null)).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(as(newcomer)).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(as(ben)).rejects.toMatchObject({ code: "forbidden" });
    expect(await as(ana)).toMatchObject({ slug: workspace.slug });
    expect(await membership(workspace, ana.id)).toMatchObject({ role: "analyst" });
    // The password of the account is untouched.
    expect(await verifyPassword(world.prisma, { email: ana.email, password: "long enough" })).toBe(ana.id);
  });

  test("refuses a weak password, and is still open", async () => {
    const { token } = await invited();
    for (const [password, reason] of [
      ["short", "too_short"],
      ["1234567890", "too_common"],
    ] as const)
      await expect(
        acceptInvitation(world.pool, { token, as: { ...newcomer, password }, now: later(1) }),
      ).rejects.toMatchObject({ code: "bad_input", details: { reason } });
    expect(await findOffer(world.pool, { token, now: later(1) })).not.toBeNull();
  });

  test("is not made for who belongs to the workspace, by an admin of elsewhere, or by a former admin", async () => {
    const { workspace, asked } = await invited();
    const member = await world.person("operator", workspace);
    const ask = { ...asked, email: member.email, role: "admin" as const };
    await expect(createInvitation(world.pool, ask)).rejects.toMatchObject({ code: "conflict" });
    const other = await world.person("admin", await world.workspace());
    const foreign = {
      ...ask,
      email: someone(),
      actor: { kind: "member" as const, id: other.id, name: other.name },
    };
    await expect(createInvitation(world.pool, foreign)).rejects.toMatchObject({ code: "forbidden" });
    const elsewhere = { ...asked, workspaceId: (await world.workspace()).id, id: (await invited()).id };
    await expect(revokeInvitation(world.pool, elsewhere)).rejects.toMatchObject({ code: "forbidden" });
  });
});

test("a verified address is let in everywhere it is invited to, without a password", async () => {
  const email = someone();
  const first = await invited(email);
  const second = await invited(email);
  await acceptInvitationsOf(world.pool, { email, name: "Verified", now: later(1) });
  const { id, passwordHash } = await world.prisma.member.findUniqueOrThrow({ where: { email } });
  expect(passwordHash).toBeNull();
  for (const { workspace } of [first, second])
    expect(await membership(workspace, id)).toMatchObject({ role: "analyst" });
  expect(await verifyPassword(world.prisma, { email, password: "" })).toBeNull();
  await acceptInvitationsOf(world.pool, { email: someone(), name: "Stranger", now: later(1) });
  expect(await world.prisma.member.count({ where: { name: "Stranger" } })).toBe(0);
});
