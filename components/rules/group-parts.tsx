"use client";

import { Parentheses, Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ActionProps, CombinatorSelectorProps, NotToggleProps } from "react-querybuilder";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Select } from "@/components/ui/select";

/** Whether a bracket asks for all of its conditions or for any. */
export function Combinator({ value, handleOnChange }: CombinatorSelectorProps) {
  const t = useTranslations("rules");
  return (
    <Select
      aria-label={t("combine")}
      value={value}
      onChange={(event) => handleOnChange(event.target.value)}
      className="w-auto"
    >
      <option value="and">{t("all")}</option>
      <option value="or">{t("any")}</option>
    </Select>
  );
}

/** Turns a bracket round: whoever does not meet it is kept. */
export function NotToggle({ checked, handleOnChange, path }: NotToggleProps) {
  const t = useTranslations("rules");
  const id = `not-${path.join("-")}`;
  return (
    <span className="flex items-center text-[13px]" title={t("notHint")}>
      <Checkbox
        id={id}
        checked={checked ?? false}
        onCheckedChange={(state) => handleOnChange(state === true)}
      />
      <label htmlFor={id} className="pr-1">
        {t("not")}
      </label>
    </span>
  );
}

export function AddCondition({ handleOnClick }: ActionProps) {
  const t = useTranslations("rules");
  return (
    <Button variant="ghost" onClick={(event) => handleOnClick(event)}>
      <Plus aria-hidden size={14} />
      {t("addCondition")}
    </Button>
  );
}

export function AddGroup({ handleOnClick, disabled }: ActionProps) {
  const t = useTranslations("rules");
  return (
    <Button variant="ghost" disabled={disabled} onClick={(event) => handleOnClick(event)}>
      <Parentheses aria-hidden size={14} />
      {t("addGroup")}
    </Button>
  );
}

export function RemoveGroup({ handleOnClick }: ActionProps) {
  const t = useTranslations("rules");
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label={t("removeGroup")}
      title={t("removeGroup")}
      onClick={(event) => handleOnClick(event)}
      className="ml-auto"
    >
      <X aria-hidden size={14} />
    </Button>
  );
}
