import { useLocale, useTranslations } from "next-intl";
import { Cell, ColumnHead, Row, RowHead, Table } from "@/components/ui/table";
import { formatCount, formatInstant, NO_DATA } from "@/lib/platform/i18n/format";
import { formatMoney } from "@/lib/platform/money";
import { type MappingPreview, PREVIEW_LIMIT } from "@/lib/sources/preview-answer";
import { kindName } from "./kind-name";

/** What a mapping would make of the quarantine, in numbers and in the first of its events. */
export function MappingPreviewView({
  preview,
  currency,
  timeZone,
}: {
  preview: MappingPreview;
  currency: string;
  timeZone: string;
}) {
  const t = useTranslations("sources");
  const locale = useLocale();
  const counts = Object.fromEntries(
    (["examined", "accepted", "dropped", "refused"] as const).map((key) => [
      key,
      formatCount(preview[key], locale),
    ]),
  );
  if (preview.examined === 0) return <p className="text-[13px] text-ink-2">{t("previewNone")}</p>;
  return (
    <div className="grid min-w-0 gap-2" data-testid="mapping-preview">
      <p role="status" className="text-[13px] font-medium">
        {t("previewCounts", counts)}{" "}
        {preview.partial && t("previewPartial", { limit: formatCount(PREVIEW_LIMIT, locale) })}
      </p>
      {preview.samples.length > 0 && (
        <Table caption={t("previewSamples")} frameClassName="max-h-96 rounded-md border border-line">
          <thead>
            <tr>
              <ColumnHead>{t("kind")}</ColumnHead>
              <ColumnHead>{t("customer")}</ColumnHead>
              <ColumnHead>{t("occurredAt")}</ColumnHead>
              <ColumnHead align="right">{t("amount")}</ColumnHead>
              <ColumnHead>{t("properties")}</ColumnHead>
            </tr>
          </thead>
          <tbody>
            {preview.samples.map((one) => (
              <Row key={one.id}>
                <RowHead>
                  {one.kind === null ? t("dropped") : (kindName(one.kind, null, locale) ?? t("profile"))}
                </RowHead>
                <Cell lang="und">{one.customer ?? NO_DATA}</Cell>
                <Cell>{one.occurredAt ? formatInstant(one.occurredAt, timeZone, locale) : NO_DATA}</Cell>
                <Cell align="right">
                  {one.amount === null ? NO_DATA : formatMoney(one.amount, currency, locale)}
                </Cell>
                <Cell>
                  <code className="text-xs">
                    {one.props ? JSON.stringify(one.props).slice(0, 120) : NO_DATA}
                  </code>
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
    </div>
  );
}
