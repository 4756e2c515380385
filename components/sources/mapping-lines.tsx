"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { Button } from "@/components/ui/button";

/** A list of lines to fill in, one beside its number, with a way to add one and to take each away. */
export function MappingLines<T extends object>({
  title,
  lines,
  blank,
  readOnly,
  onChange,
  children,
}: {
  title: string;
  lines: readonly T[];
  blank: T;
  readOnly: boolean;
  onChange: (lines: T[]) => void;
  /** The controls of a line. */
  children: (line: T, change: (part: Partial<T>) => void) => ReactNode;
}) {
  const t = useTranslations("sources");
  const id = useId();
  return (
    <fieldset className="grid min-w-0 gap-2" disabled={readOnly} aria-labelledby={id}>
      <div className="flex items-center justify-between gap-2">
        <h3 id={id} className="text-[13px] font-semibold">
          {title}
        </h3>
        {!readOnly && (
          <Button
            size="small"
            aria-label={`${t("addLine")}: ${title}`}
            onClick={() => onChange([...lines, blank])}
          >
            <Plus aria-hidden size={13} />
            {t("addLine")}
          </Button>
        )}
      </div>
      {lines.map((line, place) => (
        <fieldset
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place; its controls hold no state of their own
          key={place}
          aria-label={`${title} ${place + 1}`}
          className="flex items-end gap-2"
        >
          <div className="grid min-w-0 flex-1 grid-cols-1 gap-2 sm:grid-cols-3">
            {children(line, (part) =>
              onChange(lines.map((one, at) => (at === place ? { ...one, ...part } : one))),
            )}
          </div>
          {!readOnly && (
            <Button
              variant="ghost"
              size="icon"
              aria-label={t("removeLine")}
              title={t("removeLine")}
              onClick={() => onChange(lines.filter((_, at) => at !== place))}
            >
              <X aria-hidden size={15} />
            </Button>
          )}
        </fieldset>
      ))}
    </fieldset>
  );
}
