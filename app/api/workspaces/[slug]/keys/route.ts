import { z } from "zod";
import { actorOf } from "@/lib/members/access";
import { apiKey, createApiKey, listApiKeys } from "@/lib/members/api-keys";
import { keyScope } from "@/lib/members/permissions";
import { requireRecentAuth } from "@/lib/members/recent-auth";
import { workspaceRoute } from "@/lib/members/workspace-route";

/** The API keys of the workspace, without their secrets. */
export const GET = workspaceRoute({
  summary: "The API keys of the workspace, without their secrets",
  permission: "keys.manage",
  answer: z.object({ keys: z.array(apiKey) }),
  handle: async ({ access: { workspace, db } }) => ({ keys: await listApiKeys(db, workspace.id) }),
});

const DAY_MS = 86_400_000;

/** Creates a key and answers it, this once. */
export const POST = workspaceRoute({
  summary: "Creates an API key and answers it, once",
  permission: "keys.manage",
  body: z.strictObject({
    name: z.string().trim().min(1).max(80),
    scopes: z.array(keyScope).min(1).max(keyScope.options.length),
    /** Days it is good for; null: until it is revoked. */
    days: z.number().int().min(1).max(3_650).nullable(),
  }),
  answer: z.object({ id: z.string(), key: z.string() }),
  handle: async ({ access, body: { name, scopes, days }, now }) => {
    requireRecentAuth(access, now);
    const expiresAt = days === null ? null : new Date(now.getTime() + days * DAY_MS);
    const asked = { workspaceId: access.workspace.id, actor: actorOf(access), now };
    return createApiKey(access.db, { ...asked, name, scopes: [...new Set(scopes)], expiresAt });
  },
});
