import { requestCookies } from "@/lib/platform/http/cookies";
import { requestLocale } from "@/lib/platform/http/error-response";
import { findLocale, LOCALE_COOKIE, type Locale } from "@/lib/platform/i18n/locale";
import type { Access } from "./schema";

/** Language of what a route writes for its reader, chosen as pages choose theirs: this browser's, else the member's; a key's is what it accepts. */
export function readerLocale(request: Request, { caller }: Access): Locale {
  const chosen = findLocale(requestCookies(request.headers).get(LOCALE_COOKIE));
  return chosen ?? (caller.kind === "member" ? caller.member.locale : requestLocale(request.headers));
}
