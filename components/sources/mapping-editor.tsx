"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { z } from "zod";
import { postJson, sendJson } from "@/components/ui/api";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { formatCount } from "@/lib/platform/i18n/format";
import { type SourceMapping, sourceMapping } from "@/lib/sources/mapping";
import { type MappingPreview, mappingPreview } from "@/lib/sources/preview-answer";
import { replayAnswer } from "@/lib/sources/replay-answer";
import { EventTarget } from "./event-target";
import { MappingLines } from "./mapping-lines";
import { MappingPreviewView } from "./mapping-preview";

const saved = z.object({ version: z.number() });

interface Props {
  slug: string;
  sourceId: number;
  start: { version: number; mapping: SourceMapping };
  mayEdit: boolean;
  mayReplay: boolean;
  currency: string;
  timeZone: string;
}

/** The mapping of a source: edit it, see what it would make of the quarantine, save it, and replay. */
export function MappingEditor({ slug, sourceId, start, mayEdit, mayReplay, currency, timeZone }: Props) {
  const t = useTranslations("sources");
  const locale = useLocale();
  const router = useRouter();
  const [version, setVersion] = useState(start.version);
  const [stored, setStored] = useState(start.mapping);
  const [mapping, setMapping] = useState(start.mapping);
  const [preview, setPreview] = useState<MappingPreview | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const changed = JSON.stringify(mapping) !== JSON.stringify(stored);
  const path = `/api/workspaces/${slug}/sources/${sourceId}`;

  /** The mapping as it can be sent; null, and a word about it, where a line is not finished. */
  function finished(): SourceMapping | null {
    const parsed = sourceMapping.safeParse(mapping);
    setFault(parsed.success ? null : t("mappingWrong"));
    return parsed.data ?? null;
  }
  const during = async (work: () => Promise<void>) => {
    setBusy(true);
    await work();
    setBusy(false);
  };
  const look = () =>
    during(async () => {
      const ready = finished();
      if (!ready) return;
      const answer = await postJson(`${path}/preview`, { mapping: ready });
      if (!answer.ok) return void toast.error(t("failed", { message: answer.message }), answer.requestId);
      setPreview(mappingPreview.parse(answer.body));
    });
  const save = () =>
    during(async () => {
      const ready = finished();
      if (!ready) return;
      const answer = await sendJson("PUT", `${path}/mapping`, { version, mapping: ready });
      if (!answer.ok)
        return answer.status === 409
          ? setFault(t("mappingConflict"))
          : void toast.error(t("failed", { message: answer.message }), answer.requestId);
      const next = saved.parse(answer.body).version;
      setVersion(next);
      setStored(ready);
      setMapping(ready);
      toast.result(t("mappingSaved", { version: next }));
      router.refresh();
    });
  const replay = () =>
    during(async () => {
      const answer = await postJson(`${path}/replay`, {});
      if (!answer.ok) return void toast.error(t("failed", { message: answer.message }), answer.requestId);
      const { counts, runId } = replayAnswer.parse(answer.body);
      const n = (count: number) => formatCount(count, locale);
      toast.result(
        counts
          ? t("replayed", {
              accepted: n(counts.accepted),
              dropped: n(counts.dropped),
              refused: n(counts.refused),
            })
          : t("replayStarted", { run: runId ?? 0 }),
      );
      setPreview(null);
      router.refresh();
    });

  return (
    <Card
      title={t("mapping")}
      hint={t("mappingHint")}
      action={
        <span className="text-xs text-ink-3">
          {version === 0 ? t("mappingNone") : t("mappingVersion", { version })}
        </span>
      }
    >
      <div className="grid min-w-0 gap-5">
        {!mayEdit && <p className="text-[13px] text-ink-2">{t("mappingReader")}</p>}
        <MappingLines
          title={t("mapEvents")}
          lines={mapping.events}
          blank={{ from: "", to: "order" }}
          readOnly={!mayEdit}
          onChange={(events) => setMapping({ ...mapping, events })}
        >
          {(line, change) => (
            <>
              <Field label={t("from")}>
                <Input
                  value={line.from}
                  maxLength={200}
                  onChange={(event) => change({ from: event.target.value })}
                />
              </Field>
              <EventTarget to={line.to} onChange={(to) => change({ to })} />
            </>
          )}
        </MappingLines>
        <MappingLines
          title={t("mapProperties")}
          lines={mapping.properties}
          blank={{ event: null, from: "", to: "" }}
          readOnly={!mayEdit}
          onChange={(properties) => setMapping({ ...mapping, properties })}
        >
          {(line, change) => (
            <>
              <Field label={t("from")}>
                <Input
                  value={line.from}
                  maxLength={200}
                  onChange={(event) => change({ from: event.target.value })}
                />
              </Field>
              <Field label={t("to")}>
                <Input
                  value={line.to}
                  maxLength={200}
                  onChange={(event) => change({ to: event.target.value })}
                />
              </Field>
              <OfEvent event={line.event} onChange={(event) => change({ event })} />
            </>
          )}
        </MappingLines>
        <MappingLines
          title={t("mapDefaults")}
          lines={mapping.defaults}
          blank={{ event: null, property: "currency", value: currency }}
          readOnly={!mayEdit}
          onChange={(defaults) => setMapping({ ...mapping, defaults })}
        >
          {(line, change) => (
            <>
              <Field label={t("property")}>
                <Input
                  value={line.property}
                  maxLength={200}
                  onChange={(event) => change({ property: event.target.value })}
                />
              </Field>
              <Field label={t("value")}>
                <Input
                  value={String(line.value)}
                  maxLength={500}
                  onChange={(event) => change({ value: event.target.value })}
                />
              </Field>
              <OfEvent event={line.event} onChange={(event) => change({ event })} />
            </>
          )}
        </MappingLines>
        {fault && (
          <p role="alert" className="text-[13px] text-danger">
            {fault}
          </p>
        )}
        {mayReplay && (
          <div className="flex flex-wrap items-center gap-2">
            <Button onClick={look} disabled={busy}>
              {t("preview")}
            </Button>
            {mayEdit && (
              <Button variant="primary" onClick={save} disabled={busy || !changed}>
                {t("saveMapping")}
              </Button>
            )}
            <Button onClick={replay} disabled={busy || changed}>
              {t("replay")}
            </Button>
            <span className="text-xs text-ink-3">{t(changed ? "replayUnsaved" : "replayHint")}</span>
          </div>
        )}
        {preview && <MappingPreviewView preview={preview} currency={currency} timeZone={timeZone} />}
      </div>
    </Card>
  );
}

function OfEvent({ event, onChange }: { event: string | null; onChange: (event: string | null) => void }) {
  const t = useTranslations("sources");
  return (
    <Field label={t("ofEvent")}>
      <Input value={event ?? ""} maxLength={200} onChange={({ target }) => onChange(target.value || null)} />
    </Field>
  );
}
