import { cookies } from "next/headers";
import { cache } from "react";
import { sessionMemberId } from "@/lib/platform/auth/session-cookie";
import { webPrisma } from "@/lib/platform/http/connections";
import { findMember } from "./queries";
import type { Member } from "./schema";

/** The member whose page this is, read anew for every request; null when nobody is signed in or the member is gone. */
export const currentMember = cache(async (): Promise<Member | null> => {
  const jar = await cookies();
  const id = await sessionMemberId((name) => jar.get(name)?.value);
  return id ? findMember(webPrisma(), id) : null;
});
