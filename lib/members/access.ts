import type { Actor } from "@/lib/audit/schema";
import { type Pool, workspacePool } from "@/lib/platform/db";
import { AppError, NotFoundError } from "@/lib/platform/errors";
import type { Prisma } from "@/lib/platform/prisma";
import { getWorkspaceBySlug } from "@/lib/workspaces/queries";
import { checkApiKey } from "./api-keys";
import { noteVisit } from "./mutations";
import { can, keyCan, type Permission } from "./permissions";
import { findMembership } from "./queries";
import type { Access, MemberAccess, SignedIn } from "./schema";

/** What finding out who may do what takes: the directory says whose workspace it is, the pool is then bound to it. */
type Connections = { pool: Pool; directory: Pool; prisma: Prisma };

/**
 * What the member may do in the workspace of that slug. A workspace without a membership answers like one that does
 * not exist, so that slugs of others cannot be found out; so does one that is suspended for them.
 */
export async function getAccess(
  { pool, directory, prisma }: Connections,
  p: SignedIn & { slug: string; now: Date },
): Promise<MemberAccess> {
  const { slug, now, ...signedIn } = p;
  const workspace = await getWorkspaceBySlug(directory, slug);
  const own = { memberId: signedIn.member.id, workspaceId: workspace.id };
  const membership = await findMembership(prisma, own);
  if (!membership) throw new NotFoundError("workspace", slug);
  const { role, seenAt } = membership;
  await noteVisit(prisma, { ...own, seenAt, now });
  const db = workspacePool(pool, workspace.id);
  return { ...signedIn, role, caller: { kind: "member", role, ...signedIn }, workspace, db };
}

/** What an API key may do in the workspace of that slug; unauthenticated when it is none of ours, or its time is over. */
export async function getKeyAccess(
  { pool, directory }: Connections,
  p: { key: string; slug: string; now: Date },
): Promise<Access> {
  const holder = await checkApiKey(directory, p);
  if (!holder) throw new AppError("unauthenticated", "The key is not valid");
  const { workspaceId, ...key } = holder;
  const workspace = await getWorkspaceBySlug(directory, p.slug);
  if (workspace.id !== workspaceId) throw new NotFoundError("workspace", p.slug);
  return { caller: { kind: "key", ...key }, workspace, db: workspacePool(pool, workspaceId) };
}

/** Whether the caller may: by the role of a member, by the scopes of a key. */
export const allows = ({ caller }: Access, permission: Permission): boolean =>
  caller.kind === "key" ? keyCan(caller.scopes, permission) : can(caller.role, permission);

/** Throws forbidden when the caller may not. */
export function assertPermission(access: Access, permission: Permission): void {
  if (!allows(access, permission))
    throw new AppError("forbidden", `${actorOf(access).name} may not ${permission}`, { permission });
}

/** The caller as the audit log names them. */
export function actorOf({ caller }: Access): Actor {
  if (caller.kind === "key") return { kind: "key", id: caller.id, name: caller.name };
  return { kind: "member", id: caller.member.id, name: caller.member.name };
}
