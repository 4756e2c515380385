import { AppError } from "@/lib/platform/errors";
import type { SignedIn } from "./schema";
import { isConfirmed } from "./session-life";

/**
 * Refuses who has not proved who they are within the last ten minutes: for roles, keys and personal data in the clear. The
 * console answers `details.reauth` by asking for the password and trying again (components/account/confirm-dialog.tsx).
 */
export function requireRecentAuth({ session }: SignedIn, now: Date): void {
  if (!isConfirmed(session.confirmedAt, now))
    throw new AppError("forbidden", "This asks for a recent sign-in", { reauth: true });
}
