import { useTranslations } from "next-intl";
import { Skeleton } from "@/components/ui/skeleton";

/** The catalogue's shape while it loads. */
export default function MetricsLoading() {
  const t = useTranslations("states");
  return (
    <div className="grid grid-cols-1 gap-4" aria-busy="true">
      <span role="status" className="sr-only">
        {t("loading")}
      </span>
      <Skeleton className="h-12 w-80 max-w-full" />
      <Skeleton className="h-9 w-72 max-w-full" />
      <Skeleton className="h-[70dvh]" />
    </div>
  );
}
