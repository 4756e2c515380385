import { Circle, CircleCheck } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { can } from "@/lib/members/permissions";
import type { Start } from "@/lib/onboarding/queries";
import { type StartStep, startSteps, stepsDone } from "@/lib/onboarding/schema";
import type { Role } from "@/lib/workspaces/schema";
import { SampleData } from "./sample-data";

/** The first steps of a workspace: ticked by what is so, each with the way to its room for who may enter it. */
export function StartSteps({ slug, role, start }: { slug: string; role: Role; start: Start }) {
  const t = useTranslations("start");
  const { facts, sample } = start;
  const done = stepsDone(facts);
  const link = (path: string, label: string, primary = false) => (
    <Button asChild variant={primary ? "primary" : "secondary"}>
      <Link href={`/w/${slug}/${path}`}>{label}</Link>
    </Button>
  );
  const ways: Record<StartStep, ReactNode[]> = {
    data: [
      can(role, "data.import") && link("imports/new", t("importFile"), !done.data),
      can(role, "sources.manage") && link("sources", t("sendEvents")),
    ],
    people: [
      facts.customers > 0 && can(role, "customers.read") && link("customers", t("toCustomers")),
      facts.refused > 0 && can(role, "data.read") && link("sources/quarantine", t("toRefused")),
    ],
    stages: [facts.customers > 0 && can(role, "stages.read") && link("board", t("toBoard"))],
    colleagues: [can(role, "members.manage") && link("members", t("toMembers"))],
  };
  const numbers: Record<StartStep, { count: number; invited: number }> = {
    data: { count: facts.customers, invited: 0 },
    people: { count: 0, invited: 0 },
    stages: { count: facts.staged, invited: 0 },
    colleagues: { count: facts.members, invited: facts.invited },
  };
  const notYours: Partial<Record<StartStep, boolean>> = {
    data: !can(role, "data.import"),
    colleagues: !can(role, "members.manage"),
  };
  return (
    <>
      <p className="mb-3 text-[13px] text-ink-2">
        {t("progress", { done: startSteps.filter((step) => done[step]).length, total: startSteps.length })}
      </p>
      <ol className="grid gap-5">
        {startSteps.map((step) => (
          <li key={step} data-testid={`step-${step}`} data-done={done[step]} className="flex gap-3">
            {done[step] ? (
              <CircleCheck
                role="img"
                aria-label={t("done")}
                size={18}
                className="mt-0.5 shrink-0 text-success"
              />
            ) : (
              <Circle role="img" aria-label={t("open")} size={18} className="mt-0.5 shrink-0 text-ink-3" />
            )}
            <div className="grid min-w-0 flex-1 justify-items-start gap-2">
              <div>
                <h3 className="font-medium">{t(`step.${step}`)}</h3>
                <p className="text-[13px] text-ink-2">
                  {done[step] ? t(`is.${step}`, numbers[step]) : t(`todo.${step}`)}
                </p>
                {step === "people" && facts.waiting && (
                  <p className="text-[13px] text-ink-2">{t("waiting")}</p>
                )}
                {step === "people" && facts.refused > 0 && (
                  <p className="text-[13px] text-ink-2">{t("refused", { count: facts.refused })}</p>
                )}
                {notYours[step] && !done[step] && <p className="text-xs text-ink-3">{t("notYours")}</p>}
              </div>
              <Ways>{ways[step]}</Ways>
              {step === "data" && can(role, "sample.manage") && (
                <div className="w-full rounded-md bg-sunken p-3">
                  <SampleData slug={slug} sample={sample} realCustomers={facts.realCustomers} />
                </div>
              )}
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}

/** The buttons of a step, where there are any. */
const Ways = ({ children }: { children: ReactNode[] }) =>
  children.some(Boolean) && (
    <div className="flex flex-wrap gap-2">
      {children.map((child, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the ways of a step never change their places
        <span key={i}>{child}</span>
      ))}
    </div>
  );
