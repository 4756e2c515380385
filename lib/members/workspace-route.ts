import { z } from "zod";
import { sessionMemberId } from "@/lib/platform/auth/session-cookie";
import { AppError } from "@/lib/platform/errors";
import { webPool, webPrisma } from "@/lib/platform/http/connections";
import { requestCookies } from "@/lib/platform/http/cookies";
import { type DeclaredRoute, type RouteSpec, route } from "@/lib/platform/http/route";
import { assertPermission, getAccess } from "./access";
import type { Permission } from "./permissions";
import { findMember } from "./queries";
import type { Access, Member } from "./schema";

/** The member whose session the request carries, or unauthenticated. */
async function requestMember(request: Request): Promise<Member> {
  const cookies = requestCookies(request.headers);
  const id = await sessionMemberId((name) => cookies.get(name));
  const member = id && (await findMember(webPrisma(), id));
  if (!member) throw new AppError("unauthenticated", "Nobody is signed in");
  return member;
}

type Declared<Params, Query, Body, Caller> = Omit<
  RouteSpec<Params, Query, Body, Caller>,
  "who" | "access" | "params"
>;

/** A route of the signed-in member, whatever the workspace. */
export const memberRoute = <Query = unknown, Body = unknown, Params = unknown>(
  spec: Declared<Params, Query, Body, Member> & { params?: z.ZodType<Params> },
): DeclaredRoute =>
  route<Params, Query, Body, Member>({ ...spec, who: "member", access: (request) => requestMember(request) });

const slugOnly = z.object({ slug: z.string().max(100) });

/**
 * A route of one workspace: signed-in member → membership → permission of the role, then the handler. `params` names
 * further parts of the path. What it reads and writes goes through `access.db`, which is bound to the workspace.
 */
export function workspaceRoute<Query = unknown, Body = unknown, Params extends object = object>({
  permission,
  params,
  ...spec
}: Declared<{ slug: string } & Params, Query, Body, Access> & {
  permission: Permission;
  params?: z.ZodObject<z.ZodRawShape> & z.ZodType<Params>;
}): DeclaredRoute {
  return route<{ slug: string } & Params, Query, Body, Access>({
    ...spec,
    who: permission,
    params: (params ? slugOnly.extend(params.shape) : slugOnly) as unknown as z.ZodType<
      { slug: string } & Params
    >,
    access: async (request, { slug }) => {
      const member = await requestMember(request);
      const access = await getAccess({ pool: webPool(), prisma: webPrisma() }, { member, slug });
      assertPermission(access, permission);
      return access;
    },
  });
}
