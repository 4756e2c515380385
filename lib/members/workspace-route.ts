import { z } from "zod";
import { sessionMemberId } from "@/lib/platform/auth/session-cookie";
import { AppError } from "@/lib/platform/errors";
import { webPool, webPrisma } from "@/lib/platform/http/connections";
import { requestCookies } from "@/lib/platform/http/cookies";
import { type RouteSpec, route } from "@/lib/platform/http/route";
import { assertPermission, getAccess } from "./access";
import type { Permission } from "./permissions";
import { findMember } from "./queries";
import type { Access } from "./schema";

const workspaceParams = z.object({ slug: z.string().max(100) });
type WorkspaceParams = z.infer<typeof workspaceParams>;

/** A route of one workspace: signed-in member → membership → permission of the role, then the handler. */
export function workspaceRoute<Query = unknown, Body = unknown>(
  spec: { permission: Permission } & Pick<
    RouteSpec<WorkspaceParams, Query, Body, Access>,
    "query" | "body" | "handle"
  >,
) {
  return route<WorkspaceParams, Query, Body, Access>({
    ...spec,
    params: workspaceParams,
    access: async (request, { slug }) => {
      const cookies = requestCookies(request.headers);
      const id = await sessionMemberId((name) => cookies.get(name));
      const member = id && (await findMember(webPrisma(), id));
      if (!member) throw new AppError("unauthenticated", "Nobody is signed in");
      const access = await getAccess({ pool: webPool(), prisma: webPrisma() }, { member, slug });
      assertPermission(access, spec.permission);
      return access;
    },
  });
}
