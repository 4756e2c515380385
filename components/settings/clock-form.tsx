"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { z } from "zod";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { sendJson } from "@/components/ui/api";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Radio, RadioGroup } from "@/components/ui/radio-group";
import { toast } from "@/components/ui/toast";
import { addDays, type Day, day, daysBetween } from "@/lib/platform/day";
import { formatDay } from "@/lib/platform/i18n/format";
import { type ClockChoice, clockChoice } from "@/lib/workspaces/settings-schema";

const modes = ["real", "fixed", "shifted"] as const;
const set = z.object({ to: day });
const tooFar = z.object({ reason: z.literal("too_far"), earliest: day, latest: day });
const changedMeanwhile = z.object({ reason: z.literal("version") });

/** How the workspace's clock goes. Says what moving it will do, and asks once. */
export function ClockForm({
  slug,
  version,
  mode,
  shiftDays,
  today,
  realToday,
}: {
  slug: string;
  version: number;
  mode: ClockChoice["mode"];
  shiftDays: number;
  /** The day the workspace lives in. */
  today: Day;
  /** The day it would live in by real time. */
  realToday: Day;
}) {
  const t = useTranslations("settings");
  const locale = useLocale();
  const router = useRouter();
  const [chosen, setChosen] = useState<ClockChoice["mode"]>(mode);
  const [on, setOn] = useState<string>(today);
  const [days, setDays] = useState(String(shiftDays));
  const [fault, setFault] = useState<string | null>(null);
  const [asking, setAsking] = useState<{ clock: ClockChoice; to: Day } | null>(null);
  const [busy, setBusy] = useState(false);
  const [refreshing, startTransition] = useTransition();
  const words = (d: Day) => formatDay(d, locale);

  function ask() {
    const choice = clockChoice.safeParse(
      {
        real: { mode: "real" },
        fixed: { mode: "fixed", day: on },
        shifted: { mode: "shifted", days: days.trim() === "" ? null : Number(days) },
      }[chosen],
    );
    if (!choice.success) return setFault(t(chosen === "fixed" ? "fault.day" : "fault.days"));
    setFault(null);
    const clock = choice.data;
    const to =
      clock.mode === "fixed" ? clock.day : addDays(realToday, clock.mode === "shifted" ? clock.days : 0);
    setAsking({ clock, to });
  }

  async function send(clock: ClockChoice) {
    setBusy(true);
    const answer = await sendJson("PUT", `/api/workspaces/${slug}/settings/clock`, { version, clock });
    setBusy(false);
    if (answer.ok) {
      toast.result(t("clockSet", { day: words(set.parse(answer.body).to) }));
      return startTransition(() => router.refresh());
    }
    const far = tooFar.safeParse(answer.details);
    if (far.success)
      return setFault(
        t("clockTooFar", { earliest: words(far.data.earliest), latest: words(far.data.latest) }),
      );
    if (changedMeanwhile.safeParse(answer.details).success) {
      toast.error(t("conflict"));
      return startTransition(() => router.refresh());
    }
    toast.error(t("failed", { message: answer.message }), answer.requestId);
  }

  const moved = asking ? daysBetween(today, asking.to) : 0;
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <RadioGroup
        aria-label={t("clock")}
        value={chosen}
        onValueChange={(value) => {
          setChosen(value as ClockChoice["mode"]);
          setFault(null);
        }}
      >
        {modes.map((one) => (
          <Radio key={one} value={one} label={t(`clockMode.${one}`)} hint={t(`clockModeHint.${one}`)} />
        ))}
      </RadioGroup>
      {chosen === "fixed" && (
        <Field label={t("clockDay")} error={fault} required className="max-w-56">
          <Input type="date" value={on} onChange={(event) => setOn(event.target.value)} />
        </Field>
      )}
      {chosen === "shifted" && (
        <Field label={t("clockDays")} error={fault} required className="max-w-56">
          <Input inputMode="numeric" value={days} onChange={(event) => setDays(event.target.value)} />
        </Field>
      )}
      {chosen === "real" && fault && (
        <p role="alert" className="text-xs text-danger">
          {fault}
        </p>
      )}
      <div>
        <Button type="submit" disabled={busy || refreshing}>
          {t("setClock")}
        </Button>
      </div>
      <ConfirmDialog
        open={asking !== null}
        onOpenChange={(open) => !open && setAsking(null)}
        title={t("clockTitle", { day: asking ? words(asking.to) : "" })}
        action={t("setClock")}
        onConfirm={() => asking && void send(asking.clock)}
      >
        <p>
          {moved === 0
            ? t("clockSame")
            : t(moved > 0 ? "clockForward" : "clockBack", { from: words(today), count: Math.abs(moved) })}
        </p>
        {moved !== 0 && <p className="mt-2">{t("clockWorker")}</p>}
      </ConfirmDialog>
    </form>
  );
}
