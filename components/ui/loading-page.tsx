import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Skeleton } from "./skeleton";

/** A page while it loads: the place of its title, then skeletons of the size of what comes. */
export function LoadingPage({ children }: { children: ReactNode }) {
  const t = useTranslations("states");
  return (
    <div className="grid grid-cols-1 gap-4" aria-busy="true">
      <span role="status" className="sr-only">
        {t("loading")}
      </span>
      <Skeleton className="h-12 w-80 max-w-full" />
      {children}
    </div>
  );
}
