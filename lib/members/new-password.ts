import { z } from "zod";
import common from "@/lib/platform/auth/common-passwords.json" with { type: "json" };

export const MIN_PASSWORD_LENGTH = 10;

const commonOnes = new Set<string>(common);

/** Whether others use it so often that it is tried first: the list, in any case and with digits or signs put after it. */
export function isCommonPassword(password: string): boolean {
  const small = password.toLowerCase();
  return commonOnes.has(small) || commonOnes.has(small.replace(/[\d!@#$%^&*._-]+$/, ""));
}

/** Few different characters are few tries: "aaaaaaaaaa", "1212121212". */
const isMonotonous = (password: string): boolean => new Set(password.toLowerCase()).size < 4;

/** Why a password may not be set; the words are the console's (account.weak). */
export type PasswordWeakness = "too_short" | "too_common";

/** What is wrong with a new password, or null. */
export function passwordWeakness(password: string): PasswordWeakness | null {
  if ([...password].length < MIN_PASSWORD_LENGTH) return "too_short";
  return isCommonPassword(password) || isMonotonous(password) ? "too_common" : null;
}

/** A password somebody chooses. */
export const newPassword = z
  .string()
  .max(200)
  .refine((text) => passwordWeakness(text) === null, {
    error: "The password is too short or too common",
    params: { weak: true },
  });
