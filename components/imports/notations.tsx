"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { Mapping } from "@/lib/importing/mapping";
import { isTimeZone } from "@/lib/platform/day";
import type { WizardView } from "./wizard-view";

const numberStyles = { plain: "plain", comma: "1,234.56", point: "1.234,56" } as const;

/** How times and numbers of the file are written. */
export function Notations({
  view,
  mapping,
  onChange,
}: {
  view: Pick<WizardView, "timeZone" | "currency" | "mayImport">;
  mapping: Mapping;
  onChange: (part: Partial<Mapping>) => void;
}) {
  const t = useTranslations("imports");
  const zone = mapping.timeZone ?? "";
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field label={t("timeZone")} error={zone !== "" && !isTimeZone(zone) ? t("timeZoneBad") : null}>
        <Input
          value={zone}
          placeholder={view.timeZone}
          disabled={!view.mayImport}
          onChange={(event) => onChange({ timeZone: event.target.value.trim() || undefined })}
        />
      </Field>
      <Field label={t("dateOrder")}>
        <Select
          value={mapping.dateOrder ?? "none"}
          disabled={!view.mayImport}
          onChange={({ target }) =>
            onChange({ dateOrder: target.value === "none" ? undefined : (target.value as "dmy" | "mdy") })
          }
        >
          {(["none", "dmy", "mdy"] as const).map((order) => (
            <option key={order} value={order}>
              {t(`dateOrders.${order}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t("numbers")} hint={t("currencyHint", { currency: view.currency })}>
        <Select
          value={mapping.numbers}
          disabled={!view.mayImport}
          onChange={({ target }) => onChange({ numbers: target.value as Mapping["numbers"] })}
        >
          {(["plain", "comma", "point"] as const).map((style) => (
            <option key={style} value={numberStyles[style]}>
              {t(`numberStyles.${style}`)}
            </option>
          ))}
        </Select>
      </Field>
    </div>
  );
}
