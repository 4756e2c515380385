"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import { z } from "zod";
import { getJson, sendJson } from "@/components/ui/api";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Select } from "@/components/ui/select";
import { Cell, ColumnHead, Row, RowHead, Table } from "@/components/ui/table";
import type { Settings } from "@/lib/importing/console/schema";
import {
  readTargets,
  type Target,
  targetFaults,
  targetsOf,
  withTargets,
} from "@/lib/importing/console/targets";
import { isTimeZone } from "@/lib/platform/day";
import { Conditions } from "./conditions";
import { Notations } from "./notations";
import { useStepAct } from "./use-step-act";
import { importApi, importPath, type WizardView } from "./wizard-view";

const sampled = z.object({ samples: z.array(z.array(z.string())), remembered: z.boolean() });

/** Where each column goes, how values are written, which rows are refunds and which are left out. */
export function ColumnsStep({ view }: { view: WizardView }) {
  const t = useTranslations("imports");
  const { record, slug, mayImport } = view;
  const header = record.format!.header;
  const [settings, setSettings] = useState<Settings>(record.settings!);
  const [targets, setTargets] = useState<Target[]>(() => readTargets(record.settings!, header));
  const [file, setFile] = useState<z.infer<typeof sampled> | null>(null);
  const samples = file?.samples ?? null;
  const { act, busy } = useStepAct();
  const api = importApi(slug, record.id);
  const { content, mapping } = settings;

  useEffect(() => {
    const leaving = new AbortController();
    getJson(`${api}/settings?content=${content}`, leaving.signal).then((answer) => {
      if (answer.ok) setFile(sampled.parse(answer.body));
    });
    return () => leaving.abort();
  }, [api, content]);

  const faults = useMemo(() => targetFaults(content, targets), [content, targets]);
  const zoneIsBad = mapping.timeZone !== undefined && !isTimeZone(mapping.timeZone);
  const isWhole = faults.missing.length === 0 && faults.twice.length === 0 && !zoneIsBad;
  const word = (target: Target) => t(`fields.${target}`);
  const change = (part: Partial<Settings["mapping"]>) =>
    setSettings((now) => ({ ...now, mapping: { ...now.mapping, ...part } }));
  const save = () =>
    act(
      () => sendJson("PUT", `${api}/settings`, withTargets(settings, header, targets)),
      importPath(slug, record.id, "preview"),
    );

  return (
    <div className="grid grid-cols-1 gap-4">
      {file?.remembered && <Banner tone="info">{t("remembered")}</Banner>}
      <Card title={t("columnsTitle")} hint={t("columnsText")}>
        <Table caption={t("columnsTitle")} frameClassName="max-h-[32rem]">
          <thead>
            <tr>
              <ColumnHead>{t("column")}</ColumnHead>
              <ColumnHead>{t("sample")}</ColumnHead>
              <ColumnHead id="import-target">{t("target")}</ColumnHead>
            </tr>
          </thead>
          <tbody>
            {header.map((column, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; unnamed ones share a name
              <Row key={index}>
                <RowHead id={`import-column-${index}`} lang="" className="max-w-48 truncate">
                  {column || "—"}
                </RowHead>
                <Cell className="max-w-72 truncate text-ink-2">
                  {samples === null ? "…" : <Samples values={samples[index] ?? []} />}
                </Cell>
                <Cell>
                  <Select
                    aria-labelledby={`import-column-${index} import-target`}
                    value={targets[index]}
                    disabled={!mayImport || column === ""}
                    onChange={(event) =>
                      setTargets((now) =>
                        now.map((one, i) => (i === index ? (event.target.value as Target) : one)),
                      )
                    }
                    className="min-w-44"
                  >
                    {targetsOf(content).map((target) => (
                      <option key={target} value={target}>
                        {word(target)}
                      </option>
                    ))}
                  </Select>
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </Card>
      <Card title={t("notations")}>
        <Notations view={view} mapping={mapping} onChange={change} />
      </Card>
      {content !== "customers" && (
        <Card>
          <Conditions
            header={header}
            mapping={mapping}
            content={content}
            onChange={change}
            disabled={!mayImport}
          />
        </Card>
      )}
      {faults.missing.length > 0 && (
        <Banner tone="warning">{t("missing", { fields: faults.missing.map(word).join(", ") })}</Banner>
      )}
      {faults.twice.map((target) => (
        <Banner key={target} tone="warning">
          {t("twice", { field: word(target) })}
        </Banner>
      ))}
      <div className="flex flex-wrap justify-between gap-2">
        <Button asChild>
          <a href={`${api}/mapping`} download>
            <Download aria-hidden size={15} />
            {t("downloadMapping")}
          </a>
        </Button>
        <Button variant="primary" disabled={!isWhole || busy || !mayImport} onClick={save}>
          {busy ? t("saving") : t("next", { step: t("steps.preview") })}
        </Button>
      </div>
    </div>
  );
}

/** A few values of a column, as they stand in the file. */
function Samples({ values }: { values: readonly string[] }) {
  const t = useTranslations("imports");
  if (values.length === 0) return t("noSample");
  return <span lang="">{values.join(" · ")}</span>;
}
