import { useTranslations } from "next-intl";
import { Skeleton } from "@/components/ui/skeleton";

/** The board's shape while it loads, so that nothing jumps. */
export default function BoardLoading() {
  const t = useTranslations("states");
  return (
    <div className="grid grid-cols-1 gap-4" aria-busy="true">
      <span role="status" className="sr-only">
        {t("loading")}
      </span>
      <div className="flex flex-wrap items-end justify-between gap-3">
        <Skeleton className="h-13 w-96 max-w-full" />
        <Skeleton className="h-9 w-120 max-w-full" />
      </div>
      <Skeleton className="h-41" />
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-3 xl:grid-cols-6">
        {["a", "b", "c", "d", "e", "f"].map((key) => (
          <Skeleton key={key} className="h-27" />
        ))}
      </div>
      <Skeleton className="h-113" />
      <Skeleton className="h-110" />
    </div>
  );
}
