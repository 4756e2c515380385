import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";

const code = "mt-1.5 whitespace-pre-wrap break-all rounded-md bg-sunken p-3 font-mono text-xs leading-5";

/** What to do in a workspace nothing has come into yet. */
export function EmptyBoard({ slug, origin }: { slug: string; origin: string }) {
  const t = useTranslations("board");
  const importCommand = `npm run import -- --workspace ${slug} --kind orders orders.csv`;
  const trackCall = `curl ${origin}/v1/track -u WRITE_KEY: -H 'content-type: application/json' \\
  -d '{"userId":"u-1","event":"Order Completed","messageId":"m-1","properties":{"revenue":99.5}}'`;
  return (
    <EmptyState title={t("emptyTitle")} text={t("emptyText")}>
      <ol className="grid grid-cols-1 list-decimal gap-5 pl-5">
        <li>
          <p className="font-medium">{t("emptyImport")}</p>
          <pre className={code}>{importCommand}</pre>
          <p className="mt-1 text-xs text-ink-3">{t("emptyImportHint")}</p>
        </li>
        <li>
          <p className="font-medium">{t("emptyHttp")}</p>
          <pre className={code}>{trackCall}</pre>
          <p className="mt-1 text-xs text-ink-3">{t("emptyHttpHint")}</p>
        </li>
      </ol>
    </EmptyState>
  );
}
