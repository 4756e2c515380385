"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { StageBadge } from "@/components/stages/stage-badge";
import type { StageView } from "@/components/stages/stage-view";
import { postJson } from "@/components/ui/api";
import type { CustomersCount } from "@/lib/customers/list-schema";
import { formatCount } from "@/lib/platform/i18n/format";
import type { OutlineLine } from "@/lib/rules/outline";
import type { Rule } from "@/lib/rules/schema";

/** After the last key stroke this long, so that typing asks once. */
const PAUSE_MS = 350;

interface Found {
  /** Null when counting took too long. */
  count: CustomersCount | null;
  sample: { customerId: number; displayKey: string; stage: string }[];
  words: OutlineLine[];
}

type State = { asking: true } | { asking: false; found: Found } | { asking: false; failure: string };

/** Asks for what a filter with this rule finds, a moment after it last changed; the answer to an older question is dropped. */
function useFound(slug: string, filter: object, rule: Rule | null, open: number): State | null {
  const [state, setState] = useState<State | null>(null);
  const question = JSON.stringify({ ...filter, rule: rule ?? undefined });
  useEffect(() => {
    if (open > 0) return;
    let isCurrent = true;
    const timer = setTimeout(async () => {
      setState({ asking: true });
      const answer = await postJson(`/api/workspaces/${slug}/customers/count`, JSON.parse(question));
      if (!isCurrent) return;
      setState(
        answer.ok
          ? { asking: false, found: answer.body as Found }
          : { asking: false, failure: answer.message },
      );
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [slug, question, open]);
  return open > 0 ? null : state;
}

/** What a rule says in plain words and whom it finds, while it is edited. */
export function RulePreview({
  slug,
  filter,
  rule,
  open,
  stages,
}: {
  slug: string;
  /** What else narrows the customers, as the API's bodies take it. */
  filter: object;
  /** Null: no rule, or not filled in. */
  rule: Rule | null;
  /** Conditions that are not filled in. */
  open: number;
  stages: readonly StageView[];
}) {
  const t = useTranslations("rules");
  const state = useFound(slug, filter, rule, open);
  const found = state && "found" in state ? state.found : null;
  return (
    <div className="grid grid-cols-1 gap-4 border-t border-line pt-3 sm:grid-cols-2">
      <section aria-label={t("words")}>
        <h3 className="text-xs font-medium text-ink-3">{t("words")}</h3>
        {open > 0 ? (
          <p className="text-[13px] text-amber">{t("open", { count: open })}</p>
        ) : !rule ? (
          <p className="text-[13px] text-ink-2">{t("everybody")}</p>
        ) : (
          <RuleWords lines={found?.words ?? []} />
        )}
      </section>
      <section aria-label={t("live")} aria-busy={state?.asking}>
        <h3 className="text-xs font-medium text-ink-3">{t("live")}</h3>
        <div role="status" className="text-[13px]">
          <Live state={state} />
        </div>
        {found && found.sample.length > 0 && (
          <>
            <p className="mt-1 text-xs text-ink-3">{t("sample")}</p>
            <ul className="text-[13px]">
              {found.sample.map((one) => {
                const stage = stages.find(({ key }) => key === one.stage);
                return (
                  <li key={one.customerId} className="flex min-h-6 flex-wrap items-center gap-x-3">
                    <span className="max-w-56 truncate">{one.displayKey}</span>
                    {stage ? <StageBadge stage={stage} /> : one.stage}
                  </li>
                );
              })}
            </ul>
          </>
        )}
      </section>
    </div>
  );
}

function Live({ state }: { state: State | null }) {
  const t = useTranslations("rules");
  const locale = useLocale();
  if (!state) return null;
  if (state.asking) return <span className="text-ink-3">{t("counting")}</span>;
  if ("failure" in state)
    return <span className="text-danger">{t("failed", { message: state.failure })}</span>;
  const { count } = state.found;
  if (!count) return <span className="text-amber">{t("tooSlow")}</span>;
  const number = formatCount(count.count, locale);
  return (
    <data value={count.count} data-testid="live-count" className="num font-semibold">
      {count.exact ? t("found", { count: number, n: count.count }) : t("foundAbove", { count: number })}
    </data>
  );
}

/** A rule as an outline, a condition a line. */
export const RuleWords = ({ lines }: { lines: readonly OutlineLine[] }) => (
  <ul data-testid="rule-words" className="text-[13px]">
    {lines.map((line, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: lines are drawn anew as a whole
      <li key={i} style={{ paddingInlineStart: `${line.depth * 16}px` }} className="break-words">
        {line.text}
      </li>
    ))}
  </ul>
);
