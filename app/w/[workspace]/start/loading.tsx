import { useTranslations } from "next-intl";
import { Skeleton } from "@/components/ui/skeleton";

/** The page's shape while it loads. */
export default function Loading() {
  const t = useTranslations("states");
  return (
    <div className="grid grid-cols-1 gap-4 max-w-3xl" aria-busy="true">
      <span role="status" className="sr-only">
        {t("loading")}
      </span>
      <Skeleton className="h-12 w-80 max-w-full" />
      <Skeleton className="h-96" />
    </div>
  );
}
