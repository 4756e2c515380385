import { Check } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { classNames } from "@/components/ui/class-names";
import { importPath, openSteps, type WizardStep, type WizardView, wizardSteps } from "./wizard-view";

/** Where one is in the import, and the steps one may go to. */
export function StepNav({ view, step }: { view: Pick<WizardView, "slug" | "record">; step: WizardStep }) {
  const t = useTranslations("imports");
  const open = openSteps(view.record);
  const now = wizardSteps.indexOf(step);
  return (
    <nav aria-label={t("stepsLabel")} className="overflow-x-auto">
      <ol className="flex min-w-max gap-1 text-[13px]">
        {wizardSteps.map((one, index) => {
          const look = classNames(
            "inline-flex min-h-8 items-center gap-1.5 rounded-md px-2.5",
            one === step ? "bg-accent-soft font-medium text-accent" : "text-ink-2",
          );
          const words = (
            <>
              {index < now ? <Check aria-hidden size={14} /> : <span className="num">{index + 1}</span>}
              {t(`steps.${one}`)}
            </>
          );
          return (
            <li key={one}>
              {open.includes(one) && one !== step ? (
                <Link
                  href={importPath(view.slug, view.record.id, one)}
                  className={classNames(look, "hover:bg-sunken")}
                >
                  {words}
                </Link>
              ) : (
                <span className={look} aria-current={one === step ? "step" : undefined}>
                  {words}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
