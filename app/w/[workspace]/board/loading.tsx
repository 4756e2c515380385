import { useTranslations } from "next-intl";

/** The board's shape while it loads, so that nothing jumps. */
export default function BoardLoading() {
  const t = useTranslations("states");
  return (
    <div className="grid grid-cols-1 gap-4" aria-busy="true">
      <span role="status" className="sr-only">
        {t("loading")}
      </span>
      <div className="skeleton h-12 w-80 max-w-full" />
      <div className="skeleton h-40" />
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-3 xl:grid-cols-6">
        {["a", "b", "c", "d", "e", "f"].map((key) => (
          <div key={key} className="skeleton h-26" />
        ))}
      </div>
      <div className="skeleton h-110" />
      <div className="skeleton h-110" />
    </div>
  );
}
