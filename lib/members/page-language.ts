import { cookies } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { defaultLocale, findLocale, LOCALE_COOKIE } from "@/lib/platform/i18n/locale";
import { messagesOf } from "@/lib/platform/i18n/messages";
import { currentMember } from "./current-member";

/** Language of a page: what this browser chose, else what the member prefers, else Chinese. */
export default getRequestConfig(async () => {
  const chosen = findLocale((await cookies()).get(LOCALE_COOKIE)?.value);
  const locale = chosen ?? (await currentMember())?.locale ?? defaultLocale;
  return { locale, messages: messagesOf(locale), timeZone: "UTC" };
});
