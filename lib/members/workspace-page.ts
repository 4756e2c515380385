import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { systemClock } from "@/lib/platform/clock";
import { AppError } from "@/lib/platform/errors";
import { webSights } from "@/lib/platform/http/connections";
import { getAccess } from "./access";
import { currentSignedIn } from "./current-member";
import type { MemberAccess } from "./schema";

/** Access of the signed-in member to a workspace page: signs in first, 404 for workspaces that are not theirs. */
export const workspacePage = cache(async (slug: string): Promise<MemberAccess> => {
  const signedIn = await currentSignedIn();
  if (!signedIn) redirect("/sign-in");
  try {
    return await getAccess(webSights(), { ...signedIn, slug, now: systemClock() });
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
});
