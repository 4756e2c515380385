"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { getJson } from "@/components/ui/api";
import { Button } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";
import type { Day } from "@/lib/platform/day";
import { formatCount, formatInstant } from "@/lib/platform/i18n/format";
import { JsonValue } from "./json-value";

interface Change {
  value: unknown;
  since: string;
}

/** The values a trait has had, fetched when asked for. */
export function TraitHistory({
  slug,
  customerId,
  traitKey,
  name,
  changes,
  asOf,
  timeZone,
}: {
  slug: string;
  customerId: number;
  traitKey: string;
  name: string;
  changes: number;
  asOf: Day;
  timeZone: string;
}) {
  const t = useTranslations("customer");
  const locale = useLocale();
  const [found, setFound] = useState<Change[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  async function load(open: boolean) {
    if (!open || found) return;
    const search = new URLSearchParams({ key: traitKey, asOf });
    const answer = await getJson(`/api/workspaces/${slug}/customers/${customerId}/traits?${search}`);
    if (answer.ok) setFound((answer.body as { changes: Change[] }).changes); // our own route's answer
    setFailure(answer.ok ? null : answer.message);
  }

  const label = t("traitHistory", { key: name });
  return (
    <Popover
      label={label}
      align="end"
      onOpenChange={load}
      trigger={
        <Button variant="link" size="small" aria-label={label}>
          {t("traitChanges", { count: formatCount(changes, locale), n: changes })}
        </Button>
      }
    >
      <h3 className="mb-2 text-[13px] font-medium">{label}</h3>
      {failure && <p className="text-[13px] text-danger">{t("loadFailed", { message: failure })}</p>}
      {!found && !failure && (
        <p role="status" className="text-[13px] text-ink-3">
          {t("loading")}
        </p>
      )}
      <ol className="divide-y divide-line text-[13px]">
        {found?.map((one) => (
          <li key={one.since} className="flex flex-wrap justify-between gap-x-3 py-1">
            <JsonValue value={one.value} />
            <time dateTime={one.since} className="num text-xs text-ink-3">
              {formatInstant(new Date(one.since), timeZone, locale)}
            </time>
          </li>
        ))}
      </ol>
    </Popover>
  );
}
