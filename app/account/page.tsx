import { ArrowLeft } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PasswordForm } from "@/components/account/password-form";
import { SessionList } from "@/components/account/session-list";
import { PlainFrame } from "@/components/shell/plain-frame";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { currentSignedIn } from "@/lib/members/current-member";
import { deviceOf } from "@/lib/members/device";
import { oidcName } from "@/lib/members/oidc";
import { hasPassword, listMembershipsOf } from "@/lib/members/queries";
import { listSessions } from "@/lib/members/sessions";
import { systemClock } from "@/lib/platform/clock";
import { webDirectory, webPrisma } from "@/lib/platform/http/connections";
import { formatRelative } from "@/lib/platform/i18n/format";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("title") };
}

/** What belongs to oneself, whatever the workspace: where one is signed in, and the password. */
export default async function AccountPage() {
  const signedIn = await currentSignedIn();
  if (!signedIn) redirect("/sign-in?to=/account");
  const { member, session } = signedIn;
  const t = await getTranslations();
  const locale = await getLocale();
  const now = systemClock();
  const [sessions, memberships, withPassword] = await Promise.all([
    listSessions(webDirectory(), { memberId: member.id, now }),
    listMembershipsOf(webPrisma(), member.id),
    hasPassword(webPrisma(), member.id),
  ]);
  const moment = (at: Date) => ({ text: formatRelative(at, now, locale), iso: at.toISOString() });
  return (
    <PlainFrame>
      <div className="grid gap-4">
        <PageHeader title={t("account.title")} purpose={t("account.purpose")}>
          <Button asChild>
            <Link href="/">
              <ArrowLeft aria-hidden size={15} />
              {t("account.back")}
            </Link>
          </Button>
        </PageHeader>
        <Card title={member.name} hint={member.email}>
          <ul className="divide-y divide-line">
            {memberships.map(({ slug, name, role }) => (
              <li key={slug} className="flex items-center justify-between gap-3 py-2">
                <Link href={`/w/${slug}/home`} className="text-accent hover:underline">
                  {name}
                </Link>
                <span className="text-[13px] text-ink-2">{t(`roles.${role}`)}</span>
              </li>
            ))}
          </ul>
          {memberships.length === 0 && <p className="text-[13px] text-ink-2">{t("account.noWorkspace")}</p>}
        </Card>
        <Card title={t("account.sessions")} hint={t("account.sessionsHint")}>
          <SessionList
            sessions={sessions.map((one) => ({
              id: one.id,
              device: deviceOf(one.userAgent),
              address: one.address,
              started: moment(one.createdAt),
              seen: moment(one.seenAt),
              current: one.id === session.id,
            }))}
          />
        </Card>
        <Card title={t("account.password")} hint={withPassword ? t("account.passwordHint") : undefined}>
          {withPassword ? (
            <PasswordForm />
          ) : (
            <p className="text-[13px] text-ink-2">
              {t("account.noPassword", { provider: oidcName() ?? t("account.company") })}
            </p>
          )}
        </Card>
      </div>
    </PlainFrame>
  );
}
