"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogActions, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { type RangePreset, rangePresets } from "@/lib/platform/http/day-range";
import { type ViewPage, viewName } from "@/lib/views/schema";
import { searchOfView } from "@/lib/views/view-address";
import { useViewActions } from "./use-view-actions";

const FIXED = "fixed";

/** Saves what the address shows under a name. Asks which preset is meant, because on some days two are the same days. */
export function SaveViewDialog({
  slug,
  page,
  current,
  presets,
  onClose,
}: {
  slug: string;
  page: ViewPage;
  current: string;
  presets: readonly RangePreset[] | null;
  onClose: () => void;
}) {
  const t = useTranslations();
  const { create } = useViewActions({ slug, page });
  const [name, setName] = useState("");
  const [period, setPeriod] = useState<string>(presets?.[0] ?? FIXED);
  const [shared, setShared] = useState(false);
  const [starred, setStarred] = useState(false);
  const [missing, setMissing] = useState(false);

  async function save(event: FormEvent) {
    event.preventDefault();
    const given = viewName.safeParse(name);
    setMissing(!given.success);
    if (!given.success) return;
    const preset = presets ? (rangePresets.find((one) => one === period) ?? null) : null;
    const search = searchOfView(current, preset);
    if (await create({ name: given.data, search, shared, starred })) onClose();
  }

  const boxes = [
    { label: t("views.share"), checked: shared, set: setShared },
    { label: t("views.makeDefault"), checked: starred, set: setStarred },
  ];
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("views.save")}
      hint={t("views.saveHint")}
    >
      <form onSubmit={save} className="grid gap-4" noValidate>
        <Field label={t("views.name")} error={missing && t("views.nameMissing")} required>
          <Input value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
        </Field>
        {presets && presets.length > 0 && (
          <Field
            label={t("views.period")}
            hint={period === FIXED ? t("views.fixedHint") : t("views.relativeHint")}
          >
            <Select value={period} onChange={(event) => setPeriod(event.target.value)}>
              {presets.map((preset) => (
                <option key={preset} value={preset}>
                  {t(`range.${preset}`)}
                </option>
              ))}
              <option value={FIXED}>{t("views.fixed")}</option>
            </Select>
          </Field>
        )}
        <div className="grid gap-1">
          {boxes.map(({ label, checked, set }) => (
            // biome-ignore lint/a11y/noLabelWithoutControl: the control is the kit's checkbox
            <label key={label} className="flex items-center gap-2 text-[13px]">
              <Checkbox checked={checked} onCheckedChange={(next) => set(next === true)} />
              {label}
            </label>
          ))}
        </div>
        <DialogActions>
          <DialogClose asChild>
            <Button>{t("states.cancel")}</Button>
          </DialogClose>
          <Button type="submit" variant="primary">
            {t("views.saveNow")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
