import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { CustomerHeader } from "@/components/customer/customer-header";
import { CustomerTab, customerTabs } from "@/components/customer/customer-tab";
import { NotThere } from "@/components/customer/not-there";
import { stageViews } from "@/components/stages/stage-view";
import { Banner } from "@/components/ui/banner";
import { LinkTabs } from "@/components/ui/link-tabs";
import { customerQuestion } from "@/lib/customers/find-customer";
import { getProfile } from "@/lib/customers/profile";
import { can } from "@/lib/members/permissions";
import { workspacePage } from "@/lib/members/workspace-page";
import { systemClock } from "@/lib/platform/clock";
import { day } from "@/lib/platform/day";

type Props = {
  params: Promise<{ workspace: string; customer: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  // The id and not the name: titles stay in the history of a browser.
  return { title: (await getTranslations("customer"))("metaTitle", { name: (await params).customer }) };
}

export default async function CustomerPage({ params, searchParams }: Props) {
  const { workspace: slug, customer: id } = await params;
  const search = await searchParams;
  const { workspace, db, role } = await workspacePage(slug);
  const locale = await getLocale();
  const t = await getTranslations("customer");
  const asked = day.safeParse(search.asOf).data;
  // The layout answered for ids that are not there and for merged ones.
  const question = await customerQuestion(db, {
    workspace,
    customerId: Number(id),
    asOf: asked,
    now: systemClock(),
  });
  const { asOf, today, model } = question;
  const profile = await getProfile(db, question);
  // Stages of earlier versions too: the log may speak of them.
  const known = new Map(
    model.versions.flatMap((version) => version.definition.stages.map((one) => [one.key, one] as const)),
  );
  const stages = stageViews([...known.values()], locale);
  const tab = customerTabs.find((one) => one === search.tab) ?? "overview";
  const href = (key: string) => {
    const params = new URLSearchParams();
    if (key !== "overview") params.set("tab", key);
    if (asOf !== today) params.set("asOf", asOf);
    return `/w/${slug}/customers/${id}${params.size ? `?${params}` : ""}`;
  };
  const mergedFrom = typeof search.mergedFrom === "string" && /^\d+$/.test(search.mergedFrom);

  return (
    <div className="grid grid-cols-1 gap-4">
      {mergedFrom && <Banner tone="info">{t("mergedFrom", { id: String(search.mergedFrom) })}</Banner>}
      <CustomerHeader
        slug={slug}
        head={profile}
        stages={stages}
        first={profile.firstDay}
        today={today}
        timeZone={workspace.timeZone}
        mayReveal={can(role, "customers.reveal")}
      />
      <LinkTabs
        label={t("tabs")}
        current={tab}
        tabs={customerTabs.map((key) => ({ key, name: t(key), href: href(key) }))}
      />
      {profile.firstSeenOn === null ? (
        <NotThere
          asOf={asOf}
          first={profile.firstDay && profile.firstDay <= today ? profile.firstDay : null}
          href={(first) => `/w/${slug}/customers/${id}?asOf=${first}`}
        />
      ) : (
        <>
          {profile.standing === null && <Banner tone="working">{t("computing")}</Banner>}
          <CustomerTab
            tab={tab}
            db={db}
            question={question}
            profile={profile}
            stages={stages}
            search={search}
            locale={locale}
          />
        </>
      )}
    </div>
  );
}
