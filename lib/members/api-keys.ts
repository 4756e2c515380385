import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { appendAudit } from "@/lib/audit/append";
import type { Actor } from "@/lib/audit/schema";
import { type Db, findRow, type Pool, queryRows, sql, transaction } from "@/lib/platform/db";
import { NotFoundError } from "@/lib/platform/errors";
import { type KeyScope, keyScope } from "./permissions";

/** A rotated key's former secret is good for this long, so that programs can be given the new one without a gap. */
export const OVERLAP_MS = 24 * 60 * 60_000;
/** A use is written down when the last one written is this old. */
const USED_EVERY_MS = 60_000;

const hashSecret = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** A new secret of 256 bits, so that a fast hash is enough, with the key it makes and what stays readable of it. */
function newSecret(id: string): { key: string; hash: string; hint: string } {
  const secret = randomBytes(32).toString("base64url");
  return { key: `clm_${id}_${secret}`, hash: hashSecret(secret), hint: secret.slice(-4) };
}

const shape = /^clm_([0-9a-f]{16})_([\w-]{43})$/;

export const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(keyScope),
  /** The last characters of its secret. */
  hint: z.string(),
  createdBy: z.string(),
  createdAt: z.date(),
  expiresAt: z.date().nullable(),
  lastUsedAt: z.date().nullable(),
  /** Until when the secret before the last rotation is good. */
  previousUntil: z.date().nullable(),
  revokedAt: z.date().nullable(),
});
export type ApiKey = z.infer<typeof apiKey>;

/** The keys of a workspace, newest first; revoked and expired ones among them. */
export const listApiKeys = (db: Db, workspaceId: number): Promise<ApiKey[]> =>
  queryRows(
    db,
    apiKey,
    sql`SELECT id, name, scopes, hint, created_by AS "createdBy", created_at AS "createdAt", expires_at AS "expiresAt",
          last_used_at AS "lastUsedAt", previous_until AS "previousUntil", revoked_at AS "revokedAt"
        FROM api_key WHERE workspace_id = ${workspaceId} ORDER BY created_at DESC, id`,
  );

interface Scope {
  workspaceId: number;
  actor: Actor;
  now: Date;
}

/** Creates a key and answers it, once: only its hash is kept. */
export async function createApiKey(
  pool: Pool,
  p: Scope & { name: string; scopes: readonly KeyScope[]; expiresAt: Date | null },
): Promise<{ id: string; key: string }> {
  const id = randomBytes(8).toString("hex");
  const { key, hash, hint } = newSecret(id);
  await transaction(pool, async (db) => {
    await db.query(sql`
      INSERT INTO api_key (workspace_id, id, name, scopes, secret_hash, hint, created_by, created_at, expires_at)
      VALUES (${p.workspaceId}, ${id}, ${p.name}, ${[...p.scopes]}::text[], ${hash}, ${hint}, ${p.actor.name}, ${p.now}, ${p.expiresAt})`);
    const after = { id, scopes: p.scopes, expiresAt: p.expiresAt };
    await appendAudit(db, { ...p, action: "key.created", target: p.name, after });
  });
  return { id, key };
}

/** Gives a key a new secret and answers the key, once; the former secret is good for another 24 hours. */
export async function rotateApiKey(pool: Pool, p: Scope & { id: string }): Promise<{ key: string }> {
  const { key, hash, hint } = newSecret(p.id);
  const previousUntil = new Date(p.now.getTime() + OVERLAP_MS);
  await transaction(pool, async (db) => {
    const { rows } = await db.query(sql`
      UPDATE api_key SET previous_hash = secret_hash, previous_until = ${previousUntil}, secret_hash = ${hash}, hint = ${hint}
      WHERE workspace_id = ${p.workspaceId} AND id = ${p.id} AND revoked_at IS NULL
        AND (expires_at IS NULL OR expires_at > ${p.now})
      RETURNING name`);
    if (!rows[0]) throw new NotFoundError("key", p.id);
    await appendAudit(db, {
      ...p,
      action: "key.rotated",
      target: rows[0].name,
      after: { id: p.id, previousUntil },
    });
  });
  return { key };
}

/** Ends a key, both secrets of it, from the next request on. */
export async function revokeApiKey(pool: Pool, p: Scope & { id: string }): Promise<void> {
  await transaction(pool, async (db) => {
    const { rows } = await db.query(sql`
      UPDATE api_key SET revoked_at = ${p.now}
      WHERE workspace_id = ${p.workspaceId} AND id = ${p.id} AND revoked_at IS NULL RETURNING name`);
    if (!rows[0]) throw new NotFoundError("key", p.id);
    await appendAudit(db, { ...p, action: "key.revoked", target: rows[0].name, before: { id: p.id } });
  });
}

const held = z.object({
  workspaceId: z.number(),
  id: z.string(),
  name: z.string(),
  scopes: z.array(keyScope),
  secretHash: z.string(),
  previousHash: z.string().nullable(),
  previousUntil: z.date().nullable(),
  lastUsedAt: z.date().nullable(),
});

export interface KeyHolder {
  workspaceId: number;
  id: string;
  name: string;
  scopes: KeyScope[];
}

const same = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** Whose key that is at `now`, or null: malformed, unknown, expired, revoked. A use is written down once a minute. */
export async function checkApiKey(db: Db, p: { key: string; now: Date }): Promise<KeyHolder | null> {
  const [, id, secret] = shape.exec(p.key) ?? [];
  if (!id || !secret) return null;
  const row = await findRow(
    db,
    held,
    sql`SELECT workspace_id AS "workspaceId", id, name, scopes, secret_hash AS "secretHash", previous_hash AS "previousHash",
          previous_until AS "previousUntil", last_used_at AS "lastUsedAt"
        FROM api_key WHERE id = ${id} AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ${p.now})`,
  );
  if (!row) return null;
  const hash = hashSecret(secret);
  const isPrevious =
    row.previousHash !== null &&
    row.previousUntil !== null &&
    p.now < row.previousUntil &&
    same(row.previousHash, hash);
  if (!same(row.secretHash, hash) && !isPrevious) return null;
  const usedBefore = new Date(p.now.getTime() - USED_EVERY_MS);
  if (!row.lastUsedAt || row.lastUsedAt <= usedBefore)
    await db.query(sql`
      UPDATE api_key SET last_used_at = ${p.now}
      WHERE workspace_id = ${row.workspaceId} AND id = ${id} AND (last_used_at IS NULL OR last_used_at <= ${usedBefore})`);
  return { workspaceId: row.workspaceId, id, name: row.name, scopes: row.scopes };
}
