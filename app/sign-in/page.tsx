import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PlainFrame } from "@/components/shell/plain-frame";
import { SignInForm } from "@/components/shell/sign-in-form";
import { Banner } from "@/components/ui/banner";
import { currentMember, whySignedOut } from "@/lib/members/current-member";
import { DEMO_PASSWORD, listDemoSignIns } from "@/lib/members/demo-sign-ins";
import { oidcName } from "@/lib/members/oidc";
import { webPrisma } from "@/lib/platform/http/connections";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("signIn"))("title") };
}

/** A page of ours; an address of elsewhere is nowhere to go on to. */
const ownPath = (to: unknown): string =>
  typeof to === "string" && /^\/(?![/\\])/.test(to) ? to.slice(0, 300) : "/";

export default async function SignInPage({ searchParams }: Props) {
  const asked = await searchParams;
  const to = ownPath(asked.to);
  if (await currentMember()) redirect(to);
  const t = await getTranslations();
  const [demo, why] = await Promise.all([listDemoSignIns(webPrisma()), whySignedOut()]);
  const provider = oidcName();
  const told = why && why !== "signed_out" && why !== "replaced" ? why : null;
  return (
    <PlainFrame>
      <div className="mx-auto grid w-full max-w-sm content-start gap-4 pt-4 sm:pt-10">
        <div>
          <h1 className="text-2xl font-semibold tracking-tight">{t("product.name")}</h1>
          <p className="text-ink-2">{t("product.tagline")}</p>
        </div>
        {asked.error !== undefined && provider && (
          <Banner tone="error">
            {t(asked.error === "AccessDenied" ? "signIn.providerDenied" : "signIn.providerFailed", {
              provider,
            })}
          </Banner>
        )}
        {asked.error === undefined && told && <Banner tone="warning">{t(`signIn.why.${told}`)}</Banner>}
        <SignInForm
          demo={demo.length > 0 ? { signIns: demo, password: DEMO_PASSWORD } : null}
          provider={provider}
          to={to}
        />
      </div>
    </PlainFrame>
  );
}
