import { z } from "zod";
import { systemClock } from "@/lib/platform/clock";
import { webSights } from "@/lib/platform/http/connections";
import { type LimitName, takeTurn } from "@/lib/platform/http/rate-limit";
import { type DeclaredRoute, type RouteSpec, route } from "@/lib/platform/http/route";
import { actorOf, assertPermission, getAccess, getKeyAccess } from "./access";
import type { KeyPermission, Permission } from "./permissions";
import { requestMember } from "./request-member";
import type { Access, MemberAccess, SignedIn } from "./schema";

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
    access: (request) => requestMember(request, systemClock()),
  });

const slugOnly = z.object({ slug: z.string().max(100) });

/** Who can be asking for that permission: some permissions are for people alone. */
type AccessFor<P extends Permission> = P extends KeyPermission ? Access : MemberAccess;

const bearer = /^bearer\s+(\S+)$/i;

/** The caller of a workspace: a key when the request brings one, else the member whose session it carries. */
async function requestAccess(request: Request, slug: string): Promise<Access> {
  const connections = webSights();
  const now = systemClock();
  const key = bearer.exec(request.headers.get("authorization") ?? "")?.[1];
  if (key) return getKeyAccess(connections, { key, slug, now });
  return getAccess(connections, { ...(await requestMember(request, now)), slug, now });
}

/** Counts the call against the limit of the key that asks, and against the route's own. */
async function takeTurns(access: Access, limit: LimitName | undefined): Promise<void> {
  const turn = { who: actorOf(access).id, now: systemClock() };
  if (access.caller.kind === "key") await takeTurn(access.db, { ...turn, limit: "key" });
  if (limit) await takeTurn(access.db, { ...turn, limit });
}

/**
 * A route of one workspace: key, or signed-in member → membership; then permission, then the handler. `params` names
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
      const access = await requestAccess(request, slug);
      assertPermission(access, permission);
      await takeTurns(access, spec.limit);
      return access as AccessFor<P>;
    },
  });
}
