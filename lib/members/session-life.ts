import { z } from "zod";

/** Without a request for this long a session is over. */
export const IDLE_MS = 60 * 60_000;
/** However busy, a session is over after this long. */
export const ABSOLUTE_MS = 24 * 60 * 60_000;
/** Browsers one person may be signed in with at a time; with one more the oldest is signed out. */
export const MAX_SESSIONS = 5;
/** A request is written down as "seen" when the last one written is this old. */
export const SEEN_EVERY_MS = 60_000;
/** How long a proof of who one is lasts for what asks for a recent one. */
export const CONFIRMED_MS = 10 * 60_000;

/** How a session was brought to its end; `idle` and `expired` come by time alone and are written nowhere. */
export const endReason = z.enum(["signed_out", "replaced", "displaced", "revoked", "password_changed"]);
export type EndReason = z.infer<typeof endReason>;
export type SessionEnd = EndReason | "idle" | "expired";

export interface SessionTimes {
  createdAt: Date;
  seenAt: Date;
  endReason: EndReason | null;
}

/** Why the session is over at `now`; null while it is not. */
export function sessionEnd(session: SessionTimes, now: Date): SessionEnd | null {
  if (session.endReason) return session.endReason;
  if (now.getTime() - session.createdAt.getTime() >= ABSOLUTE_MS) return "expired";
  if (now.getTime() - session.seenAt.getTime() >= IDLE_MS) return "idle";
  return null;
}

/** Whether the person proved who they are within the last ten minutes. */
export const isConfirmed = (confirmedAt: Date, now: Date): boolean =>
  now.getTime() - confirmedAt.getTime() < CONFIRMED_MS;
