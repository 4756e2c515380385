"use client";

import { useLocale, useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { standardKindByKey, standardKinds } from "@/lib/intake/kinds";
import { localName } from "@/lib/platform/i18n/locale";

const DROP = "(drop)";
const OWN = "(own)";

/** What an event becomes: one of ours, a name of the sender's own, or nothing on purpose. */
export function EventTarget({ to, onChange }: { to: string | null; onChange: (to: string | null) => void }) {
  const t = useTranslations("sources");
  const locale = useLocale();
  const own = to !== null && standardKindByKey(to) === undefined;
  const choose = (choice: string) => onChange(choice === DROP ? null : choice === OWN ? "" : choice);
  return (
    <>
      <Field label={t("becomes")}>
        <Select value={own ? OWN : (to ?? DROP)} onChange={(event) => choose(event.target.value)}>
          {standardKinds.map((kind) => (
            <option key={kind.key} value={kind.key}>
              {localName(kind.names, locale)}
            </option>
          ))}
          <option value={DROP}>{t("drop")}</option>
          <option value={OWN}>{t("ownName")}</option>
        </Select>
      </Field>
      {own && (
        <Field label={t("to")}>
          <Input value={to ?? ""} maxLength={200} onChange={(event) => onChange(event.target.value)} />
        </Field>
      )}
    </>
  );
}
