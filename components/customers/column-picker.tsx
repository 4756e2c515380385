"use client";

import { ArrowDown, ArrowUp, Columns3 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Popover } from "@/components/ui/popover";
import type { ColumnView } from "@/lib/customers/list-columns";
import { defaultColumns } from "@/lib/customers/list-schema";

/** Which columns the list shows, and in which order: the shown ones first, then the others. */
export function ColumnPicker({
  all,
  shown,
  onApply,
}: {
  /** Every column one can choose. */
  all: readonly ColumnView[];
  shown: readonly string[];
  onApply: (columns: string[]) => void;
}) {
  const t = useTranslations("customers");
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState([...shown]);
  const [wanted, setWanted] = useState("");

  const ordered = [
    ...chosen.map((key) => all.find((column) => column.key === key)!),
    ...all.filter((column) => !chosen.includes(column.key)),
  ];
  const found = ordered.filter(({ label, key }) =>
    `${label} ${key}`.toLowerCase().includes(wanted.trim().toLowerCase()),
  );
  function move(key: string, by: number) {
    const at = chosen.indexOf(key);
    const next = chosen.filter((one) => one !== key);
    next.splice(at + by, 0, key);
    setChosen(next);
  }

  return (
    <Popover
      label={t("columnTitle")}
      align="end"
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setChosen([...shown]);
        setWanted("");
      }}
      className="grid grid-rows-[auto_auto_minmax(0,1fr)_auto] gap-2"
      trigger={
        <Button>
          <Columns3 aria-hidden size={14} />
          {t("columnPicker")}
        </Button>
      }
    >
      <h2 className="font-medium">{t("columnTitle")}</h2>
      <Input
        type="search"
        aria-label={t("columnSearch")}
        placeholder={t("columnSearch")}
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      <ul className="max-h-80 min-h-0 overflow-auto">
        {found.map(({ key, label }) => {
          const at = chosen.indexOf(key);
          return (
            <li key={key} className="flex min-h-8 items-center gap-1">
              <Checkbox
                aria-label={t("columnShow", { column: label })}
                checked={at >= 0}
                onCheckedChange={(state) =>
                  setChosen(state === true ? [...chosen, key] : chosen.filter((one) => one !== key))
                }
              />
              <span className="min-w-0 flex-1 truncate" title={label}>
                {label}
              </span>
              {at >= 0 && (
                <>
                  <Button
                    variant="ghost"
                    size="icon"
                    className="size-6"
                    aria-label={t("columnUp", { column: label })}
                    disabled={at === 0}
                    onClick={() => move(key, -1)}
                  >
                    <ArrowUp aria-hidden size={13} />
                  </Button>
                  <Button
                    variant="ghost"
                    size="icon"
                    className="size-6"
                    aria-label={t("columnDown", { column: label })}
                    disabled={at === chosen.length - 1}
                    onClick={() => move(key, 1)}
                  >
                    <ArrowDown aria-hidden size={13} />
                  </Button>
                </>
              )}
            </li>
          );
        })}
        {found.length === 0 && <li className="py-2 text-ink-3">{t("columnNone")}</li>}
      </ul>
      <div className="flex justify-between gap-2">
        <Button variant="ghost" onClick={() => setChosen([...defaultColumns])}>
          {t("columnReset")}
        </Button>
        <Button
          variant="primary"
          onClick={() => {
            setOpen(false);
            onApply(chosen);
          }}
        >
          {t("columnApply")}
        </Button>
      </div>
    </Popover>
  );
}
