import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PlainFrame } from "@/components/shell/plain-frame";
import { SignInForm } from "@/components/shell/sign-in-form";
import { currentMember } from "@/lib/members/current-member";
import { DEMO_PASSWORD, listDemoSignIns } from "@/lib/members/demo-sign-ins";
import { webPrisma } from "@/lib/platform/http/connections";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("signIn"))("title") };
}

export default async function SignInPage() {
  if (await currentMember()) redirect("/");
  const t = await getTranslations("product");
  const demo = await listDemoSignIns(webPrisma());
  return (
    <PlainFrame>
      <div className="mx-auto w-full max-w-sm pt-4 sm:pt-10">
        <h1 className="text-2xl font-semibold tracking-tight">{t("name")}</h1>
        <p className="text-ink-2">{t("tagline")}</p>
        <SignInForm demo={demo.length > 0 ? { signIns: demo, password: DEMO_PASSWORD } : null} />
      </div>
    </PlainFrame>
  );
}
