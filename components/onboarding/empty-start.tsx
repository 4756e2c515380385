import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { Start } from "@/lib/onboarding/queries";
import type { Role } from "@/lib/workspaces/schema";
import { DismissButton } from "./dismiss-button";
import { StartSteps } from "./start-steps";

/** What stands where a workspace without customers has nothing to show: its first steps, or the way to them for who hid them. */
export function EmptyStart({
  title,
  text,
  slug,
  role,
  start,
}: {
  title: string;
  text: string;
  slug: string;
  role: Role;
  start: Start;
}) {
  const t = useTranslations("start");
  return (
    <EmptyState title={title} text={text}>
      {start.dismissed ? (
        <Button asChild>
          <Link href={`/w/${slug}/start`}>{t("title")}</Link>
        </Button>
      ) : (
        <>
          <StartSteps slug={slug} role={role} start={start} />
          <div className="mt-5 border-t border-line pt-3">
            <DismissButton slug={slug} dismissed={false} />
          </div>
        </>
      )}
    </EmptyState>
  );
}
