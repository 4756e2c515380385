import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { ClockForm } from "@/components/settings/clock-form";
import { HolidayCalendar } from "@/components/settings/holiday-calendar";
import { type Choice, SettingsForm } from "@/components/settings/settings-form";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { allows, assertPermission } from "@/lib/members/access";
import { workspacePage } from "@/lib/members/workspace-page";
import { systemClock } from "@/lib/platform/clock";
import { localDay } from "@/lib/platform/day";
import { formatDay } from "@/lib/platform/i18n/format";
import { valuesOf } from "@/lib/workspaces/change-settings";
import { workspaceDay } from "@/lib/workspaces/schema";
import { getSettings, listHolidays } from "@/lib/workspaces/settings";
import { currencies, timeZones } from "@/lib/workspaces/settings-schema";

type Props = { params: Promise<{ workspace: string }> };

const DAY_MS = 86_400_000;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings"))("title") };
}

/** Currencies as people read them: code and name. */
function currencyChoices(present: string, locale: string): Choice[] {
  const names = new Intl.DisplayNames(locale, { type: "currency" });
  return [...new Set([...currencies, present])]
    .sort()
    .map((code) => ({ value: code, label: `${code} · ${names.of(code)}` }));
}

/** The zones the runtime lists; a workspace may live in one that goes by another name there. */
const zoneChoices = (present: string): Choice[] =>
  [...new Set([...timeZones, present])].sort().map((zone) => ({ value: zone, label: zone }));

export default async function SettingsPage({ params }: Props) {
  const access = await workspacePage((await params).workspace);
  assertPermission(access, "stages.read");
  const { workspace, db } = access;
  const t = await getTranslations("settings");
  const locale = await getLocale();
  const [settings, holidays] = await Promise.all([
    getSettings(db, workspace.id),
    listHolidays(db, workspace.id),
  ]);
  const mayChange = allows(access, "settings.manage");
  const now = systemClock();
  const today = workspaceDay(settings, now);
  return (
    <div className="grid max-w-4xl grid-cols-1 gap-4">
      <PageHeader title={t("title")} purpose={t("purpose")}>
        <Button asChild>
          <Link href={`/w/${workspace.slug}/start`}>{(await getTranslations("start"))("title")}</Link>
        </Button>
      </PageHeader>
      {!mayChange && <Banner tone="info">{t("readOnly")}</Banner>}
      <Card title={t("general")}>
        <SettingsForm
          slug={workspace.slug}
          values={valuesOf(settings)}
          version={settings.version}
          mayChange={mayChange}
          hasEvents={settings.hasEvents}
          hasAmounts={settings.hasAmounts}
          zones={zoneChoices(settings.timeZone)}
          currencies={currencyChoices(settings.currency, locale)}
        />
      </Card>
      <Card title={t("clock")} hint={t("clockHint")}>
        <p className="mb-3 text-[13px]" data-testid="clock-now">
          {t("clockNow", { day: formatDay(today, locale) })} {t(`clockMode.${settings.clockMode}`)}
        </p>
        {mayChange && (
          <ClockForm
            key={settings.version}
            slug={workspace.slug}
            version={settings.version}
            mode={settings.clockMode}
            shiftDays={Math.round((settings.clockShiftMs ?? 0) / DAY_MS)}
            today={today}
            realToday={localDay(now, settings.timeZone)}
          />
        )}
      </Card>
      <Card title={t("holidays")} hint={t("holidaysHint")}>
        <HolidayCalendar slug={workspace.slug} holidays={holidays} mayChange={mayChange} />
      </Card>
    </div>
  );
}
