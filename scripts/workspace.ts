import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { z } from "zod";
import { addMembership, createMember } from "@/lib/members/mutations";
import { isTimeZone } from "@/lib/platform/day";
import { workspacePool } from "@/lib/platform/db";
import type { Prisma } from "@/lib/platform/prisma";
import { createSource, createWorkspace } from "@/lib/workspaces/mutations";
import { getWorkspaceBySlug } from "@/lib/workspaces/queries";
import { role } from "@/lib/workspaces/schema";
import { openCommandDatabase } from "./command-database";

const usage = `npm run workspace -- create SLUG --name NAME --time-zone Asia/Shanghai --currency CNY [--member EMAIL]
npm run workspace -- key SLUG --name "Website"
npm run workspace -- member SLUG EMAIL --role operator|analyst|manager|admin

create  makes a workspace with the six-stage model and a write key; the member becomes its admin
key     makes a further write key for a source of events; it is shown once
member  lets a person sign in to the workspace; a new person gets a password, shown once`;

const named = z.object({
  slug: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "SLUG: small letters, digits and hyphens"),
  name: z.string().min(1, "--name is missing"),
});
const created = named.extend({
  timeZone: z.string().refine(isTimeZone, "--time-zone: an IANA zone such as Asia/Shanghai"),
  currency: z.string().regex(/^[A-Z]{3}$/, "--currency: an ISO 4217 code such as CNY"),
});

/** Gives a person a role; whoever is unknown becomes a member with a password of ours. */
async function letIn(
  prisma: Prisma,
  p: { workspaceId: number; email: string; as: string; now: Date },
): Promise<void> {
  const email = p.email.trim().toLowerCase();
  const known = await prisma.member.findUnique({ where: { email } });
  const password = randomBytes(12).toString("base64url");
  const person =
    known ??
    (await createMember(prisma, {
      email,
      name: email.split("@")[0]!,
      password,
      locale: "zh-CN",
      now: p.now,
    }));
  await addMembership(prisma, {
    workspaceId: p.workspaceId,
    memberId: person.id,
    role: role.parse(p.as),
    now: p.now,
  });
  console.log(known ? `${email}: ${p.as}` : `${email}: ${p.as}, password ${password} (shown once)`);
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      name: { type: "string" },
      "time-zone": { type: "string" },
      currency: { type: "string" },
      member: { type: "string" },
      role: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const { help, ...flags } = values;
  if (help) {
    console.log(usage);
    return 0;
  }
  const [action, slug, email] = positionals;
  const database = openCommandDatabase();
  const addSource = (workspaceId: number, name: string) =>
    createSource(workspacePool(database.pool, workspaceId), { workspaceId, name, kind: "http", now });
  const now = new Date();
  try {
    switch (action) {
      case "create": {
        const asked = created.parse({
          slug,
          name: flags.name ?? "",
          timeZone: flags["time-zone"] ?? "",
          currency: flags.currency ?? "",
        });
        const { id } = await createWorkspace(database.pool, { ...asked, now });
        const { writeKey } = await addSource(id, "HTTP");
        console.log(`Workspace ${asked.slug}; write key ${writeKey} (shown once)`);
        if (flags.member)
          await letIn(database.prisma, { workspaceId: id, email: flags.member, as: "admin", now });
        return 0;
      }
      case "key": {
        const asked = named.parse({ slug, name: flags.name ?? "" });
        const { id } = await getWorkspaceBySlug(database.directory, asked.slug);
        const { writeKey } = await addSource(id, asked.name);
        console.log(`Write key ${writeKey} (shown once)`);
        return 0;
      }
      case "member": {
        const { id } = await getWorkspaceBySlug(database.directory, slug ?? "");
        await letIn(database.prisma, {
          workspaceId: id,
          email: z.email("EMAIL is missing").parse(email),
          as: flags.role ?? "operator",
          now,
        });
        return 0;
      }
      default:
        console.error(usage);
        return 2;
    }
  } catch (error) {
    const taken = (error as { code?: string }).code === "23505";
    if (taken)
      console.error(
        `There is already ${action === "create" ? `a workspace "${slug}"` : `a source "${flags.name}"`}`,
      );
    else if (error instanceof z.ZodError)
      console.error(error.issues.map((issue) => issue.message).join("\n"));
    else console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    await database.close();
  }
}

process.exitCode = await main().catch((error: Error & { code?: string }) => {
  if (!error.code?.startsWith("ERR_PARSE_ARGS")) throw error;
  console.error(`${error.message}\n\n${usage}`);
  return 2;
});
