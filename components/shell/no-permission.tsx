import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** A page one's role does not include. */
export function NoPermission() {
  const t = useTranslations("states");
  return (
    <EmptyState heading="h1" title={t("noPermissionTitle")} text={t("noPermissionText")}>
      <Button asChild>
        <Link href="/">{t("home")}</Link>
      </Button>
    </EmptyState>
  );
}
