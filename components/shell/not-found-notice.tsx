import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** The same for what does not exist and for what one may not see. */
export function NotFoundNotice() {
  const t = useTranslations("states");
  return (
    <EmptyState heading="h1" title={t("notFoundTitle")} text={t("notFoundText")}>
      <Button asChild>
        <Link href="/">{t("home")}</Link>
      </Button>
    </EmptyState>
  );
}
