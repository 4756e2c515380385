import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { z } from "zod";
import { addMembership, createMember } from "@/lib/members/mutations";
import { eventfulDay, isTimeZone, startOfDay } from "@/lib/platform/day";
import { workspacePool } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import type { Prisma } from "@/lib/platform/prisma";
import { setClock } from "@/lib/stages/clock";
import { recomputeNow } from "@/lib/stages/recompute-now";
import { createSource, createWorkspace } from "@/lib/workspaces/mutations";
import { getWorkspaceBySlug } from "@/lib/workspaces/queries";
import { role, type WorkspaceClock, workspaceDay } from "@/lib/workspaces/schema";
import { openCommandDatabase } from "./commands/command-database";
import { misused, runCommand } from "./commands/run-command";

const usage = `npm run workspace -- create SLUG --name NAME --time-zone Asia/Shanghai --currency CNY [--member EMAIL]
npm run workspace -- key SLUG --name "Website"
npm run workspace -- member SLUG EMAIL --role operator|analyst|manager|admin
npm run workspace -- clock SLUG --at 2011-12-10 | --shift-days=-365 | --real

create  makes a workspace with the six-stage model and a write key; the member becomes its admin
key     makes a further write key for a source of events; it is shown once
member  lets a person sign in to the workspace; a new person gets a password, shown once
clock   stands the workspace's clock at the beginning of a day, so that data of the past can be lived through (npm run
        advance), lets it run at a distance of whole days from real time, or with real time; stages follow at once`;

const named = z.object({
  slug: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "SLUG: small letters, digits and hyphens"),
  name: z.string().min(1, "--name is missing"),
});
const created = named.extend({
  timeZone: z.string().refine(isTimeZone, "--time-zone: an IANA zone such as Asia/Shanghai"),
  currency: z.string().regex(/^[A-Z]{3}$/, "--currency: an ISO 4217 code such as CNY"),
});

const DAY_MS = 86_400_000;

/** What a call of `clock` asks for; exactly one of the three. */
function askedClock(
  flags: { at?: string; "shift-days"?: string; real?: boolean },
  timeZone: string,
): WorkspaceClock {
  if ([flags.at, flags["shift-days"], flags.real].filter((one) => one !== undefined).length !== 1)
    throw misused(usage, "clock takes one of --at, --shift-days and --real");
  if (flags.at !== undefined) {
    const at = eventfulDay.safeParse(flags.at);
    if (!at.success) throw misused(usage, `--at ${flags.at}: a day like 2011-12-10, from 1990 on`);
    return { mode: "fixed", at: startOfDay(at.data, timeZone) };
  }
  if (flags.real) return { mode: "real" };
  const days = Number(flags["shift-days"]);
  if (!Number.isInteger(days) || days === 0 || Math.abs(days) > 20_000)
    throw misused(usage, `--shift-days ${flags["shift-days"]}: a whole number of days, not 0`);
  return { mode: "shifted", shiftMs: days * DAY_MS };
}

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

async function main(args: string[]): Promise<number> {
  const { values: flags, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      name: { type: "string" },
      "time-zone": { type: "string" },
      currency: { type: "string" },
      member: { type: "string" },
      role: { type: "string" },
      at: { type: "string" },
      "shift-days": { type: "string" },
      real: { type: "boolean" },
    },
  });
  const [action, slug, email] = positionals;
  const database = openCommandDatabase(3);
  const now = new Date();
  const addSource = (workspaceId: number, name: string) =>
    createSource(workspacePool(database.pool, workspaceId), { workspaceId, name, kind: "http", now });
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
      case "clock": {
        const { id, timeZone } = await getWorkspaceBySlug(database.directory, slug ?? "");
        const pool = workspacePool(database.pool, id);
        const set = await setClock(pool, { workspaceId: id, clock: askedClock(flags, timeZone), now });
        const counts = await recomputeNow(pool, {
          workspaceId: id,
          mode: "incremental",
          clock: () => now,
        });
        console.log(
          `${set.slug}: as of ${workspaceDay(set, now)}; ${counts.transitions} transitions, ${counts.retracted} taken back`,
        );
        return 0;
      }
      default:
        throw misused(usage);
    }
  } catch (error) {
    if ((error as { code?: string }).code !== "23505") throw error;
    const taken = action === "create" ? `a workspace "${slug}"` : `a source "${flags.name}"`;
    throw new AppError("conflict", `There is already ${taken}`);
  } finally {
    await database.close();
  }
}

runCommand(usage, main);
