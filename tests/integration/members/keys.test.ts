import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listAudit } from "@/lib/audit/queries";
import { actorOf, allows, getKeyAccess } from "@/lib/members/access";
import { checkApiKey, createApiKey, listApiKeys, revokeApiKey, rotateApiKey } from "@/lib/members/api-keys";
import { type KeyScope, permissions } from "@/lib/members/permissions";
import { later, NOW, openWorld, type World } from "./people";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.drop());

const DAY = 24 * 60;

async function made(scopes: KeyScope[] = ["read"], expiresAt: Date | null = null) {
  const workspace = await world.workspace();
  const admin = await world.person("admin", workspace);
  const actor = { kind: "member" as const, id: admin.id, name: admin.name };
  const asked = { workspaceId: workspace.id, actor, now: NOW };
  const created = await createApiKey(world.pool, { ...asked, name: "Warehouse", scopes, expiresAt });
  return { ...created, workspace, asked };
}
const isValid = async (key: string, now = NOW) => (await checkApiKey(world.pool, { key, now })) !== null;

describe("what a key may do", () => {
  const reads = ["stages.read", "metrics.read", "customers.read", "data.read"];
  test.each<[KeyScope[], string[]]>([
    [["read"], reads],
    [["ingest"], ["data.import"]],
    [
      ["read", "ingest"],
      [...reads, "data.import"],
    ],
  ])("with %j is this and nothing else", async (scopes, allowed) => {
    const { key, workspace } = await made(scopes);
    const access = await getKeyAccess(world, { key, slug: workspace.slug, now: NOW });
    expect(permissions.filter((permission) => allows(access, permission)).sort()).toEqual(allowed.sort());
    expect(actorOf(access)).toMatchObject({ kind: "key", name: "Warehouse" });
  });

  test("is nothing in another workspace, which answers like one that does not exist", async () => {
    const [{ key }, other] = [await made(), await world.workspace()];
    for (const slug of [other.slug, "no-such-place"])
      await expect(getKeyAccess(world, { key, slug, now: NOW })).rejects.toMatchObject({
        code: "not_found",
        details: { what: "workspace", id: slug },
      });
  });

  test("is nothing for a key nobody made, whatever workspace is asked", async () => {
    const { key, workspace } = await made();
    const [, id] = key.split("_");
    const forged = `clm_${id}_${"A".repeat(43)}`;
    for (const bad of [
      forged,
      key.slice(0, -1),
      `${key}A`,
      "",
      "clm_",
      key.toUpperCase(),
      `clm_${"0".repeat(16)}_${"A".repeat(43)}`,
    ])
      for (const slug of [workspace.slug, "no-such-place"])
        await expect(getKeyAccess(world, { key: bad, slug, now: NOW })).rejects.toMatchObject({
          code: "unauthenticated",
        });
  });
});

describe("the life of a key", () => {
  test("ends at its time", async () => {
    const { key } = await made(["read"], later(30 * DAY));
    expect([await isValid(key, later(30 * DAY - 1)), await isValid(key, later(30 * DAY))]).toEqual([
      true,
      false,
    ]);
  });

  test("ends at once when it is revoked, with its former secret too", async () => {
    const { key, id, asked } = await made();
    const next = await rotateApiKey(world.pool, { ...asked, id });
    await revokeApiKey(world.pool, { ...asked, id });
    expect([await isValid(key), await isValid(next.key)]).toEqual([false, false]);
    for (const act of [revokeApiKey, rotateApiKey])
      await expect(act(world.pool, { ...asked, id })).rejects.toMatchObject({ code: "not_found" });
  });

  test("goes on for a day after a rotation; a second rotation ends the first secret", async () => {
    const { key, id, asked } = await made();
    const second = await rotateApiKey(world.pool, { ...asked, id });
    expect([await isValid(key, later(DAY - 1)), await isValid(key, later(DAY))]).toEqual([true, false]);
    expect(await isValid(second.key, later(400 * DAY))).toBe(true);
    const third = await rotateApiKey(world.pool, { ...asked, id, now: later(5) });
    const at = later(6);
    expect([await isValid(key, at), await isValid(second.key, at), await isValid(third.key, at)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  test("is written down as used once a minute", async () => {
    const { key, workspace } = await made();
    const used = async (minutes: number) => {
      await isValid(key, later(minutes));
      return (await listApiKeys(world.pool, workspace.id))[0]!.lastUsedAt;
    };
    expect([await used(0), await used(0.9), await used(1), await used(1.5)]).toEqual([
      NOW,
      NOW,
      later(1),
      later(1),
    ]);
  });

  test("leaves nothing a reader of the database could use, and stands in the log", async () => {
    const { key, id, asked, workspace } = await made();
    const next = await rotateApiKey(world.pool, { ...asked, id });
    await revokeApiKey(world.pool, { ...asked, id });
    const rows = await world.pool.query("SELECT * FROM api_key WHERE workspace_id = $1", [workspace.id]);
    const entries = await listAudit(world.pool, { workspaceId: workspace.id, limit: 10 });
    for (const secret of [key, next.key].map((one) => one.split("_").slice(2).join("_")))
      expect(JSON.stringify([rows.rows, entries])).not.toContain(secret);
    expect(entries.map(({ action }) => action)).toEqual(["key.revoked", "key.rotated", "key.created"]);
  });

  test("is in the hands of its own workspace's admins", async () => {
    const { id } = await made();
    const other = await made();
    for (const act of [revokeApiKey, rotateApiKey])
      await expect(act(world.pool, { ...other.asked, id })).rejects.toMatchObject({ code: "not_found" });
  });
});
