import { useTranslations } from "next-intl";

/** The list's shape while it loads. */
export default function CustomersLoading() {
  const t = useTranslations("states");
  return (
    <div className="grid grid-cols-1 gap-4" aria-busy="true">
      <span role="status" className="sr-only">
        {t("loading")}
      </span>
      <div className="skeleton h-12 w-80 max-w-full" />
      <div className="skeleton h-9" />
      <div className="skeleton h-5 w-32" />
      <div className="skeleton h-[60dvh]" />
    </div>
  );
}
