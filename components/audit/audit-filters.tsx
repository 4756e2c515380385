import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { AuditSearch } from "@/lib/audit/filter";
import { auditAction } from "@/lib/audit/schema";

/** Who, what, target and period: a form that goes to the address of its filter. */
export function AuditFilters({
  path,
  search,
  actors,
}: {
  path: string;
  search: AuditSearch;
  actors: readonly { id: string; name: string }[];
}) {
  const t = useTranslations("audit");
  return (
    <form
      action={path}
      className="grid grid-cols-1 items-end gap-3 sm:grid-cols-3 lg:grid-cols-6"
      aria-label={t("filters")}
    >
      <Field label={t("who")}>
        <Select name="actor" defaultValue={search.actor ?? ""}>
          <option value="">{t("anybody")}</option>
          {actors.map(({ id, name }) => (
            <option key={id} value={id} lang="und">
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t("what")}>
        <Select name="action" defaultValue={search.action ?? ""}>
          <option value="">{t("anything")}</option>
          {auditAction.options.map((action) => (
            <option key={action} value={action}>
              {t(`actions.${action}`, { who: "…" })}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t("target")}>
        <Input name="target" defaultValue={search.target} maxLength={200} />
      </Field>
      <Field label={t("from")}>
        <Input type="date" name="from" defaultValue={search.from} />
      </Field>
      <Field label={t("to")}>
        <Input type="date" name="to" defaultValue={search.to} />
      </Field>
      <div className="flex gap-2">
        <Button type="submit">{t("apply")}</Button>
        <Button asChild variant="ghost">
          <Link href={path}>{t("clear")}</Link>
        </Button>
      </div>
    </form>
  );
}
