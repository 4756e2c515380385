"use client";

import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** A secret that is shown this once: selected at a click, copied by its button. */
export function OnceShown({
  value,
  label,
  hint,
  children,
}: {
  value: string;
  label: string;
  hint: string;
  children: ReactNode;
}) {
  return (
    <div className="grid gap-4">
      <div className="flex items-end gap-1">
        <Field label={label} className="min-w-0 flex-1">
          <Input
            readOnly
            value={value}
            className="font-mono text-xs"
            onFocus={(event) => event.target.select()}
          />
        </Field>
        <CopyButton value={value} />
      </div>
      <p className="text-[13px] text-ink-2">{hint}</p>
      <DialogActions>{children}</DialogActions>
    </div>
  );
}
