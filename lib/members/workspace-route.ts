import { z } from "zod";
import { sessionMemberId } from "@/lib/platform/auth/session-cookie";
import { AppError } from "@/lib/platform/errors";
import { webPool, webPrisma } from "@/lib/platform/http/connections";
import { requestCookies } from "@/lib/platform/http/cookies";
import { type DeclaredRoute, type RouteSpec, route } from "@/lib/platform/http/route";
import { assertPermission, getAccess } from "./access";
import type { KeyPermission, Permission } from "./permissions";
import { findMember } from "./queries";
import type { Access, MemberAccess, SignedIn } from "./schema";

/** Whose session the request carries, or unauthenticated. */
async function requestMember(request: Request): Promise<SignedIn> {
  const cookies = requestCookies(request.headers);
  const id = await sessionMemberId((name) => cookies.get(name));
  const member = id && (await findMember(webPrisma(), id));
  if (!member) throw new AppError("unauthenticated", "Nobody is signed in");
  return { member };
}

type Declared<Params, Query, Body, Caller> = Omit<
  RouteSpec<Params, Query, Body, Caller>,
  "who" | "access" | "params"
>;

/** A route of the signed-in member, whatever the workspace. */
export const memberRoute = <Query = unknown, Body = unknown, Params = unknown>(
  spec: Declared<Params, Query, Body, SignedIn> & { params?: z.ZodType<Params> },
): DeclaredRoute =>
  route<Params, Query, Body, SignedIn>({
    ...spec,
    who: "member",
    access: (request) => requestMember(request),
  });

const slugOnly = z.object({ slug: z.string().max(100) });

/** Who can be asking for that permission: some permissions are for people alone. */
type AccessFor<P extends Permission> = P extends KeyPermission ? Access : MemberAccess;

/**
 * A route of one workspace: signed-in member → membership → permission of the role, then the handler. `params` names
 * further parts of the path. What it reads and writes goes through `access.db`, which is bound to the workspace.
 */
export function workspaceRoute<
  P extends Permission,
  Query = unknown,
  Body = unknown,
  Params extends object = object,
>({
  permission,
  params,
  ...spec
}: Declared<{ slug: string } & Params, Query, Body, AccessFor<P>> & {
  permission: P;
  params?: z.ZodObject<z.ZodRawShape> & z.ZodType<Params>;
}): DeclaredRoute {
  return route<{ slug: string } & Params, Query, Body, AccessFor<P>>({
    ...spec,
    who: permission,
    params: (params ? slugOnly.extend(params.shape) : slugOnly) as unknown as z.ZodType<
      { slug: string } & Params
    >,
    access: async (request, { slug }) => {
      const signedIn = await requestMember(request);
      const access = await getAccess({ pool: webPool(), prisma: webPrisma() }, { ...signedIn, slug });
      assertPermission(access, permission);
      return access as AccessFor<P>;
    },
  });
}
