import { useTranslations } from "next-intl";
import { Skeleton } from "@/components/ui/skeleton";

/** The page's shape while it loads. */
export default function CustomerLoading() {
  const t = useTranslations("states");
  return (
    <div className="grid grid-cols-1 gap-4" aria-busy="true">
      <span role="status" className="sr-only">
        {t("loading")}
      </span>
      <Skeleton className="h-5 w-20" />
      <Skeleton className="h-14 w-96 max-w-full" />
      <Skeleton className="h-11 w-full max-w-xl" />
      <Skeleton className="h-9" />
      <Skeleton className="h-40" />
      <Skeleton className="h-110" />
    </div>
  );
}
