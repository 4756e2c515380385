"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Radio, RadioGroup } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import type { Content } from "@/lib/importing/console/schema";
import type { Condition, Mapping } from "@/lib/importing/mapping";

const tests = ["empty", "zero", "negative", "startsWith", "equals"] as const;
type Test = (typeof tests)[number];

const testOf = (one: Condition): Test =>
  "is" in one ? one.is : "startsWith" in one ? "startsWith" : "equals";
const textOf = (one: Condition): string =>
  "startsWith" in one ? one.startsWith : "equals" in one ? one.equals.join(" | ") : "";

function conditionOf(column: string, test: Test, value: string): Condition {
  if (test === "startsWith") return { column, startsWith: value || "?" };
  if (test === "equals") return { column, equals: value.split("|").map((part) => part.trim()) };
  return { column, is: test };
}

/** Which rows are refunds, and which are left out, in plain words. */
export function Conditions({
  header,
  mapping,
  content,
  onChange,
  disabled,
}: {
  header: readonly string[];
  mapping: Mapping;
  content: Content;
  onChange: (part: Partial<Mapping>) => void;
  disabled: boolean;
}) {
  const t = useTranslations("imports");
  const isOrders = content === "orders" || content === "lines";
  const first: Condition = { column: header.find((name) => name !== "") ?? "", is: "empty" };
  return (
    <div className="grid gap-5">
      {isOrders && (
        <fieldset className="grid gap-2" disabled={disabled}>
          <legend className="mb-1 font-semibold">{t("refunds")}</legend>
          <RadioGroup
            aria-label={t("refunds")}
            value={mapping.refund ? "rule" : "negative"}
            onValueChange={(value) => onChange({ refund: value === "rule" ? [first] : undefined })}
          >
            <Radio value="negative" label={t("refundDefault")} />
            <Radio value="rule" label={t("refundRule")} />
          </RadioGroup>
          {mapping.refund && (
            <ConditionList
              header={header}
              list={mapping.refund}
              onChange={(refund) => onChange({ refund: refund.length > 0 ? refund : undefined })}
            />
          )}
        </fieldset>
      )}
      <fieldset className="grid gap-2" disabled={disabled}>
        <legend className="mb-1 font-semibold">{t("skips")}</legend>
        <ConditionList header={header} list={mapping.skip} onChange={(skip) => onChange({ skip })} />
        <div>
          <Button size="small" onClick={() => onChange({ skip: [...mapping.skip, first] })}>
            <Plus aria-hidden size={14} />
            {t("addSkip")}
          </Button>
        </div>
      </fieldset>
    </div>
  );
}

function ConditionList<C extends Condition>({
  header,
  list,
  onChange,
}: {
  header: readonly string[];
  list: readonly C[];
  onChange: (list: C[]) => void;
}) {
  const t = useTranslations("imports");
  const put = (index: number, condition: Condition) =>
    onChange(list.map((one, i) => (i === index ? ({ ...keepOf(one), ...condition } as C) : one)));
  return list.map((one, index) => {
    const [test, value] = [testOf(one), textOf(one)];
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity but their place
      <div key={index} className="flex flex-wrap items-center gap-2">
        <Select
          aria-label={t("conditionColumn")}
          value={one.column}
          onChange={({ target }) => put(index, conditionOf(target.value, test, value))}
          className="max-w-56"
        >
          {header
            .filter((name) => name !== "")
            .map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
        </Select>
        <Select
          aria-label={t("conditionTest")}
          value={test}
          onChange={({ target }) => put(index, conditionOf(one.column, target.value as Test, value))}
          className="max-w-36"
        >
          {tests.map((key) => (
            <option key={key} value={key}>
              {t(`tests.${key}`)}
            </option>
          ))}
        </Select>
        {!("is" in one) && (
          <Input
            aria-label={t("conditionValue")}
            value={value}
            onChange={({ target }) => put(index, conditionOf(one.column, test, target.value))}
            className="max-w-40"
          />
        )}
        <Button
          variant="ghost"
          size="icon"
          aria-label={t("removeCondition")}
          onClick={() => onChange(list.filter((_, i) => i !== index))}
        >
          <X aria-hidden size={14} />
        </Button>
      </div>
    );
  });
}

/** A skipped row may still speak of its customer; mapping files say so, and it stays. */
const keepOf = (one: Condition) => ("keepCustomer" in one ? { keepCustomer: one.keepCustomer } : {});
