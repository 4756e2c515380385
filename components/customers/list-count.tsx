"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { postJson } from "@/components/ui/api";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { filterBody } from "@/lib/customers/list-address";
import type { CustomersCount } from "@/lib/customers/list-schema";
import { formatCount } from "@/lib/platform/i18n/format";
import type { CustomersScene } from "./customers-scene";

/** How many customers the filter finds: exact, or "more than" with the exact number on request. */
export function ListCount({
  scene,
  count,
  onExact,
}: {
  scene: CustomersScene;
  count: CustomersCount;
  onExact: (count: CustomersCount) => void;
}) {
  const t = useTranslations("customers");
  const locale = useLocale();
  const [asking, setAsking] = useState(false);

  async function countExactly() {
    setAsking(true);
    const answer = await postJson(`/api/workspaces/${scene.slug}/customers/count`, {
      ...filterBody(scene.list),
      exact: true,
    });
    setAsking(false);
    if (!answer.ok) return toast.error(answer.message, answer.requestId);
    const { count: exact } = answer.body as { count: CustomersCount | null };
    if (exact) onExact(exact);
    else toast.error(t("countTooSlow"));
  }

  const number = formatCount(count.count, locale);
  return (
    <>
      <data
        value={count.count}
        data-testid="customers-count"
        data-exact={count.exact}
        className="num text-base font-semibold text-ink"
      >
        {count.exact ? t("count", { count: number, n: count.count }) : t("countAbove", { count: number })}
      </data>
      {!count.exact && (
        <Button variant="link" size="small" disabled={asking} onClick={countExactly}>
          {t(asking ? "counting" : "countExactly")}
        </Button>
      )}
    </>
  );
}
