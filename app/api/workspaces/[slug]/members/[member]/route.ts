import { z } from "zod";
import { actorOf } from "@/lib/members/access";
import { changeRole, removeMember, setSuspended } from "@/lib/members/manage";
import { requireRecentAuth } from "@/lib/members/recent-auth";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { role } from "@/lib/workspaces/schema";

const params = z.object({ member: z.uuid() });

/** Gives a member another role, or closes the workspace to them for the time being; holds from their next request on. */
export const PATCH = workspaceRoute({
  summary: "Changes a member's role, or suspends or restores them",
  permission: "members.manage",
  params,
  body: z.union([z.strictObject({ role }), z.strictObject({ suspended: z.boolean() })]),
  answer: z.object({ id: z.uuid() }),
  handle: async ({ access, params: { member }, body, now }) => {
    requireRecentAuth(access, now);
    const change = { workspaceId: access.workspace.id, memberId: member, actor: actorOf(access), now };
    if ("role" in body) await changeRole(access.db, { ...change, role: body.role });
    else await setSuspended(access.db, { ...change, suspended: body.suspended });
    return { id: member };
  },
});

/** Takes a member out of the workspace. */
export const DELETE = workspaceRoute({
  summary: "Takes a member out of the workspace",
  permission: "members.manage",
  params,
  answer: z.object({ id: z.uuid() }),
  handle: async ({ access, params: { member }, now }) => {
    requireRecentAuth(access, now);
    const change = { workspaceId: access.workspace.id, memberId: member, actor: actorOf(access), now };
    await removeMember(access.db, change);
    return { id: member };
  },
});
