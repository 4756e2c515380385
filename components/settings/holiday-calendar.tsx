"use client";

import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { z } from "zod";
import { sendJson } from "@/components/ui/api";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Cell, ColumnHead, Row, RowHead, Table } from "@/components/ui/table";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import { formatDay } from "@/lib/platform/i18n/format";
import { readHolidayLines } from "@/lib/workspaces/holiday-lines";
import { type Holiday, holiday, MOST_HOLIDAYS } from "@/lib/workspaces/settings-schema";

const counted = z.object({ added: z.number(), renamed: z.number() });

/** Adds days to the calendar and says how many; answers whether it could. */
function useAddHolidays(slug: string) {
  const t = useTranslations("settings");
  const router = useRouter();
  return async (holidays: readonly Holiday[]): Promise<boolean> => {
    const answer = await sendJson("POST", `/api/workspaces/${slug}/settings/holidays`, { holidays });
    if (!answer.ok) {
      toast.error(t("failed", { message: answer.message }), answer.requestId);
      return false;
    }
    toast.result(t("added", counted.parse(answer.body)));
    router.refresh();
    return true;
  };
}

/** The workspace's holidays; admins add, paste and remove. */
export function HolidayCalendar({
  slug,
  holidays,
  mayChange,
}: {
  slug: string;
  holidays: readonly Holiday[];
  mayChange: boolean;
}) {
  const t = useTranslations("settings");
  const locale = useLocale();
  const router = useRouter();
  const add = useAddHolidays(slug);

  async function remove(one: Holiday) {
    const answer = await sendJson("DELETE", `/api/workspaces/${slug}/settings/holidays/${one.day}`);
    if (!answer.ok) return toast.error(t("failed", { message: answer.message }), answer.requestId);
    toast.undo(t("removed", { name: one.name }), () => void add([one]));
    router.refresh();
  }

  return (
    <div className="grid gap-4">
      {holidays.length === 0 ? (
        <p className="text-[13px] text-ink-3">{t("holidayNone")}</p>
      ) : (
        <Table caption={t("holidays")} frameClassName="max-h-80">
          <thead>
            <tr>
              <ColumnHead>{t("holidayDay")}</ColumnHead>
              <ColumnHead>{t("holidayName")}</ColumnHead>
              {mayChange && (
                <ColumnHead align="right">
                  <span className="sr-only">{t("holidayActs")}</span>
                </ColumnHead>
              )}
            </tr>
          </thead>
          <tbody>
            {holidays.map((one) => (
              <Row key={one.day}>
                <RowHead>{formatDay(one.day, locale)}</RowHead>
                <Cell lang="und">{one.name}</Cell>
                {mayChange && (
                  <Cell align="right">
                    <Button
                      variant="ghost"
                      size="icon"
                      aria-label={t("removeThat", { name: one.name, day: formatDay(one.day, locale) })}
                      onClick={() => void remove(one)}
                    >
                      <X aria-hidden size={14} />
                    </Button>
                  </Cell>
                )}
              </Row>
            ))}
          </tbody>
        </Table>
      )}
      {mayChange && (
        <div className="flex flex-wrap items-end gap-3">
          <AddHoliday add={add} />
          <PasteHolidays add={add} />
        </div>
      )}
    </div>
  );
}

type Add = ReturnType<typeof useAddHolidays>;

function AddHoliday({ add }: { add: Add }) {
  const t = useTranslations("settings");
  const [on, setOn] = useState("");
  const [name, setName] = useState("");
  const [faults, setFaults] = useState<{ day?: string; name?: string }>({});

  async function submit() {
    const checked = holiday.safeParse({ day: on, name });
    const wrong = new Set(checked.error?.issues.map(({ path }) => path[0]));
    setFaults({
      day: wrong.has("day") ? t("fault.day") : undefined,
      name: wrong.has("name") ? t("holidayNameFault") : undefined,
    });
    if (!checked.success || !(await add([checked.data]))) return;
    setOn("");
    setName("");
  }

  return (
    <form
      noValidate
      className="flex flex-1 flex-wrap items-start gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Field label={t("holidayDay")} error={faults.day} className="w-40">
        <Input type="date" value={on} onChange={(event) => setOn(event.target.value)} />
      </Field>
      <Field label={t("holidayName")} error={faults.name} className="min-w-40 flex-1">
        <Input
          value={name}
          maxLength={40}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Button type="submit" className="mt-[1.625rem] min-h-9">
        {t("add")}
      </Button>
    </form>
  );
}

function PasteHolidays({ add }: { add: Add }) {
  const t = useTranslations("settings");
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const { holidays, faults } = readHolidayLines(text);

  async function submit() {
    const [first] = faults;
    if (first) return setFault(t(`lineFault.${first.why}`, { line: first.line }));
    if (holidays.length === 0) return setFault(t("pasteNone"));
    if (holidays.length > MOST_HOLIDAYS) return setFault(t("pasteTooMany"));
    if (!(await add(holidays))) return;
    setOpen(false);
    setText("");
  }

  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={t("paste")}
      hint={t("pasteHint")}
      trigger={<Button className="min-h-9">{t("paste")}</Button>}
    >
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label={t("pasteLines")} error={fault}>
          <Textarea
            rows={8}
            value={text}
            placeholder={t("pasteExample")}
            onChange={(event) => {
              setText(event.target.value);
              setFault(null);
            }}
          />
        </Field>
        <DialogActions>
          <Button type="submit" variant="primary">
            {t("pasteAdd", { count: holidays.length })}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
