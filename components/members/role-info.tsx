import { useTranslations } from "next-intl";
import { Info } from "@/components/ui/info";
import { role } from "@/lib/workspaces/schema";

/** What each role may do, in words. */
export function RoleInfo() {
  const t = useTranslations();
  return (
    <Info label={t("members.roleInfo")}>
      <dl className="grid gap-2">
        {role.options.map((one) => (
          <div key={one}>
            <dt className="font-medium">{t(`roles.${one}`)}</dt>
            <dd className="text-ink-2">{t(`members.may.${one}`)}</dd>
          </div>
        ))}
      </dl>
    </Info>
  );
}
