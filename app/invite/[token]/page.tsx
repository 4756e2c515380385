import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { JoinButton } from "@/components/account/join-button";
import { NewcomerForm } from "@/components/account/newcomer-form";
import { PlainFrame } from "@/components/shell/plain-frame";
import { SignOutButton } from "@/components/shell/sign-out-button";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { currentMember } from "@/lib/members/current-member";
import { findOffer } from "@/lib/members/invitations";
import { oidcName } from "@/lib/members/oidc";
import { systemClock } from "@/lib/platform/clock";
import { webDirectory } from "@/lib/platform/http/connections";
import { formatRelative } from "@/lib/platform/i18n/format";

export async function generateMetadata(): Promise<Metadata> {
  // The address of this page is a secret: other sites are not told it.
  const title = (await getTranslations("invite"))("title");
  return { title, referrer: "same-origin", robots: { index: false } };
}

/** What an invitation offers, and the one way in that fits who is looking. */
export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const now = systemClock();
  const offer = await findOffer(webDirectory(), { token, now });
  const t = await getTranslations();
  if (!offer)
    return (
      <PlainFrame>
        <EmptyState heading="h1" title={t("invite.overTitle")} text={t("invite.overText")}>
          <Button asChild>
            <Link href="/">{t("states.home")}</Link>
          </Button>
        </EmptyState>
      </PlainFrame>
    );
  const { email, workspace, slug } = offer;
  const member = await currentMember();
  const locale = await getLocale();
  const entry = () => {
    if (member?.email === email) return <JoinButton token={token} slug={slug} workspace={workspace} />;
    if (member)
      return (
        <>
          <p className="mb-3 text-[13px] text-ink-2">
            {t("invite.otherAccount", { email, own: member.email })}
          </p>
          <SignOutButton />
        </>
      );
    if (offer.known)
      return (
        <>
          <p className="mb-3 text-[13px] text-ink-2">{t("invite.known", { email })}</p>
          <Button asChild variant="primary" size="large">
            <Link href={`/sign-in?to=/invite/${token}`}>{t("signIn.submit")}</Link>
          </Button>
        </>
      );
    return <NewcomerForm token={token} slug={slug} email={email} provider={oidcName()} />;
  };
  return (
    <PlainFrame>
      <div className="mx-auto grid max-w-md gap-4 sm:pt-6">
        <div>
          <h1 className="text-xl font-semibold tracking-tight">{t("invite.heading", { workspace })}</h1>
          <p className="mt-0.5 text-ink-2">
            {t("invite.purpose", {
              name: offer.invitedBy,
              role: t(`roles.${offer.role}`),
              until: formatRelative(offer.expiresAt, now, locale),
            })}
          </p>
        </div>
        <Card>{entry()}</Card>
      </div>
    </PlainFrame>
  );
}
