import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Cell, ColumnHead, Row, RowHead, Table } from "@/components/ui/table";
import type { ImportRecord, ImportState } from "@/lib/importing/console/schema";
import { formatCount, formatInstant, NO_DATA } from "@/lib/platform/i18n/format";
import { UndoImport } from "./undo-import";
import { importApi, importPath } from "./wizard-view";

const tones: Record<ImportState, "neutral" | "accent" | "success" | "warning" | "danger"> = {
  uploading: "neutral",
  ready: "neutral",
  checked: "neutral",
  checking: "accent",
  importing: "accent",
  undoing: "accent",
  succeeded: "success",
  cancelled: "warning",
  failed: "danger",
  undone: "neutral",
};
const isOpen = (state: ImportState) => ["uploading", "ready", "checking", "checked"].includes(state);

/** Imports of a workspace with what they did and what can be done with them. */
export function ImportsTable({
  slug,
  imports,
  timeZone,
  mayImport,
}: {
  slug: string;
  imports: readonly ImportRecord[];
  timeZone: string;
  mayImport: boolean;
}) {
  const t = useTranslations("imports");
  const locale = useLocale();
  const number = (n: number | undefined) => (n === undefined ? NO_DATA : formatCount(n, locale));
  return (
    <Table caption={t("caption")}>
      <thead>
        <tr>
          <ColumnHead>{t("file")}</ColumnHead>
          <ColumnHead>{t("state")}</ColumnHead>
          <ColumnHead align="right">{t("accepted")}</ColumnHead>
          <ColumnHead align="right">{t("refused")}</ColumnHead>
          <ColumnHead align="right">{t("newCustomers")}</ColumnHead>
          <ColumnHead>{t("by")}</ColumnHead>
          <ColumnHead>{t("when")}</ColumnHead>
          <ColumnHead>
            <span className="sr-only">{t("view")}</span>
          </ColumnHead>
        </tr>
      </thead>
      <tbody>
        {imports.map((one) => {
          const rows = (one.result?.summary ?? one.checked)?.rows;
          return (
            <Row key={one.id}>
              <RowHead className="max-w-64 truncate" title={one.fileName}>
                <Link href={importPath(slug, one.id)} className="text-accent hover:underline">
                  {one.fileName}
                </Link>
              </RowHead>
              <Cell>
                <Badge tone={tones[one.state]}>{t(`states.${one.state}`)}</Badge>
              </Cell>
              <Cell align="right">{number(rows?.accepted)}</Cell>
              <Cell align="right">
                {rows && rows.refused > 0 && one.rejects > 0 && mayImport ? (
                  <a
                    href={`${importApi(slug, one.id)}/rejects`}
                    download
                    title={t("downloadRejects")}
                    className="text-accent hover:underline"
                  >
                    {number(rows.refused)}
                  </a>
                ) : (
                  number(rows?.refused)
                )}
              </Cell>
              <Cell align="right">{number(one.result?.newCustomers)}</Cell>
              <Cell>{one.actor.name}</Cell>
              <Cell>{formatInstant(one.createdAt, timeZone, locale)}</Cell>
              <Cell>
                {isOpen(one.state) ? (
                  <Button asChild size="small">
                    <Link href={importPath(slug, one.id)}>{mayImport ? t("open") : t("view")}</Link>
                  </Button>
                ) : (
                  mayImport &&
                  one.sourceId !== null &&
                  ["succeeded", "cancelled", "failed"].includes(one.state) && (
                    <UndoImport slug={slug} id={one.id} name={one.fileName} />
                  )
                )}
              </Cell>
            </Row>
          );
        })}
      </tbody>
    </Table>
  );
}
