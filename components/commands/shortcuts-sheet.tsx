"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { Switch } from "@/components/ui/switch";
import { useOffered } from "./registry";
import { type Shortcut, shortcutGroups } from "./shortcuts";
import { setSingleKeys, useSingleKeys } from "./single-keys";
import { useCommandName } from "./use-command-name";

/** The keys of the page that is open, and the switch that turns single keys off. */
export function ShortcutsSheet({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const t = useTranslations("palette");
  const id = useId();
  const on = useSingleKeys();
  const offered = useOffered();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("shortcuts")}>
      <div className="flex items-start justify-between gap-4 rounded-md bg-sunken px-3 py-2">
        <div>
          <label htmlFor={id} className="text-[13px] font-medium">
            {t("singleKeys")}
          </label>
          <p id={`${id}-hint`} className="text-xs text-ink-2">
            {t("singleKeysHint")}
          </p>
        </div>
        <Switch id={id} aria-describedby={`${id}-hint`} checked={on} onCheckedChange={setSingleKeys} />
      </div>
      <Keys title={t("always")} shortcuts={[{ keys: [t("ctrlK")], command: "palette" }]} />
      {(["general", "go", "range"] as const).map((group) => (
        <Keys
          key={group}
          title={t(`groups.${group}`)}
          shortcuts={shortcutGroups[group].filter(({ command }) => offered.has(command))}
        />
      ))}
    </Dialog>
  );
}

function Keys({ title, shortcuts }: { title: string; shortcuts: readonly Shortcut[] }) {
  const t = useTranslations("palette");
  const nameOf = useCommandName();
  if (shortcuts.length === 0) return null;
  return (
    <section>
      <h3 className="text-xs text-ink-3">{title}</h3>
      <dl className="mt-1 grid grid-cols-[1fr_auto] gap-y-1 text-[13px]">
        {shortcuts.map(({ keys, command }) => (
          <div key={command} className="contents">
            <dt>{nameOf(command)}</dt>
            <dd className="flex items-center gap-1">
              {keys.map((key, i) => (
                <span key={key} className="flex items-center gap-1">
                  {i > 0 && <span className="text-xs text-ink-3">{t("then")}</span>}
                  <Kbd>{key}</Kbd>
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
