import { useTranslations } from "next-intl";

/** The shape of the list of calls while it loads. */
export default function ApiLoading() {
  const t = useTranslations("states");
  return (
    <div className="grid grid-cols-1 gap-4" aria-busy="true">
      <span role="status" className="sr-only">
        {t("loading")}
      </span>
      <div className="skeleton h-12 w-80 max-w-full" />
      <div className="skeleton h-60" />
      <div className="skeleton h-60" />
    </div>
  );
}
