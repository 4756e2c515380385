"use client";

import { MonitorSmartphone } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { z } from "zod";
import { sendJson } from "@/components/ui/api";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { Device } from "@/lib/members/device";

export interface SessionView {
  id: string;
  device: Device;
  address: string;
  /** In words, relative to now, with the exact instant. */
  started: { text: string; iso: string };
  seen: { text: string; iso: string };
  current: boolean;
}

const ended = z.object({ signedOut: z.number().int() });

/** The browsers one is signed in with; each but this one can be signed out. */
export function SessionList({ sessions }: { sessions: SessionView[] }) {
  const t = useTranslations("account");
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const others = sessions.filter((one) => !one.current).length;

  async function end(id: string | null) {
    setBusy(true);
    const answer = await sendJson("DELETE", `/api/account/sessions${id ? `/${id}` : ""}`);
    setBusy(false);
    if (!answer.ok) return toast.error(t("endFailed", { message: answer.message }), answer.requestId);
    toast.result(id ? t("ended") : t("endedOthers", { count: ended.parse(answer.body).signedOut }));
    router.refresh();
  }

  const name = ({ browser, system }: Device) =>
    browser && system ? t("device", { browser, system }) : (browser ?? system ?? t("unknownDevice"));

  return (
    <>
      <ul className="divide-y divide-line">
        {sessions.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5">
            <MonitorSmartphone aria-hidden size={18} className="shrink-0 text-ink-3" />
            <div className="min-w-0 flex-1 basis-52">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                {name(one.device)}
                {one.current && <Badge tone="accent">{t("thisOne")}</Badge>}
              </p>
              <p className="text-[13px] text-ink-2">
                <span className="num break-all">{one.address}</span>
                {" · "}
                {t.rich("started", {
                  time: () => <Moment {...one.started} />,
                })}
                {" · "}
                {t.rich("seen", { time: () => <Moment {...one.seen} /> })}
              </p>
            </div>
            {!one.current && (
              <Button
                disabled={busy}
                aria-label={t("endThat", { device: name(one.device) })}
                onClick={() => end(one.id)}
              >
                {t("end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {others > 0 && (
        <Button disabled={busy} onClick={() => end(null)} className="mt-3">
          {t("endOthers", { count: others })}
        </Button>
      )}
    </>
  );
}

const Moment = ({ text, iso }: { text: string; iso: string }) => (
  <time dateTime={iso} title={iso}>
    {text}
  </time>
);
