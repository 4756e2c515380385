"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useState } from "react";
import { Input } from "@/components/ui/input";

/** Several values: typed one by one, or many at once separated by commas; each can be taken out again. */
export function ListField({
  label,
  values,
  suggestions,
  type = "text",
  onChange,
}: {
  label: string;
  values: readonly string[];
  suggestions?: readonly string[];
  type?: "text" | "date";
  /** Answers false for a text that is no value. */
  onChange: (values: string[]) => boolean;
}) {
  const t = useTranslations("rules");
  const id = useId();
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState(false);

  function add() {
    const typed = type === "date" ? [text] : text.split(/[,，、\n]/).map((one) => one.trim());
    const fresh = typed.filter((one) => one !== "" && !values.includes(one));
    if (fresh.length === 0) return;
    const taken = onChange([...values, ...new Set(fresh)]);
    setWrong(!taken);
    if (taken) setText("");
  }
  function onKey(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === "Enter") {
      event.preventDefault();
      add();
    } else if (event.key === "Backspace" && text === "" && values.length > 0) onChange(values.slice(0, -1));
  }

  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1">
      {values.map((value) => (
        <span key={value} className="inline-flex h-7 items-center gap-1 rounded bg-sunken pl-2 text-[13px]">
          <span className="max-w-40 truncate">{value}</span>
          <button
            type="button"
            aria-label={t("removeValue", { value })}
            onClick={() => onChange(values.filter((one) => one !== value))}
            className="grid size-6 place-items-center rounded hover:text-danger"
          >
            <X aria-hidden size={12} />
          </button>
        </span>
      ))}
      <Input
        type={type}
        aria-label={label}
        aria-invalid={wrong || undefined}
        placeholder={t("addValue")}
        title={t("addValue")}
        value={text}
        list={suggestions?.length ? id : undefined}
        onChange={(event) => {
          setText(event.target.value);
          setWrong(false);
        }}
        onKeyDown={onKey}
        onBlur={add}
        className="w-auto min-w-32 flex-1"
      />
      <Suggestions id={id} values={suggestions} />
    </div>
  );
}

/** The browser's own list of suggestions for the input that names it. */
export const Suggestions = ({ id, values }: { id: string; values: readonly string[] | undefined }) =>
  values?.length ? (
    <datalist id={id}>
      {values.map((value) => (
        <option key={value} value={value} />
      ))}
    </datalist>
  ) : null;
