"use client";

import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";
import { useConfirmed } from "@/components/account/confirm-dialog";
import { postJson } from "@/components/ui/api";
import type { Revealed } from "@/lib/customers/schema";
import type { Day } from "@/lib/platform/day";

interface Reveal {
  /** Values in the clear, as of the day they were asked for; null while they are masked. */
  revealed: (Revealed & { asOf: Day }) | null;
  reveal: (p: { asOf: Day; reason: string }) => Promise<{ ok: true } | { ok: false; message: string }>;
  hide: () => void;
  /** Tells which events are on the page: their properties are asked for too. */
  showEvents: (messageIds: readonly string[]) => void;
}

const RevealContext = createContext<Reveal | null>(null);

/** The most events one request may name. */
const MAX_EVENTS = 1000;

/** Holds the revealed values of one customer in this page's memory, and nowhere else: leaving the page forgets them. */
export function RevealProvider({
  slug,
  customerId,
  children,
}: {
  slug: string;
  customerId: number;
  children: ReactNode;
}) {
  const [revealed, setRevealed] = useState<Reveal["revealed"]>(null);
  const events = useRef<readonly string[]>([]);
  const { confirmed, dialog } = useConfirmed();

  const reveal = useCallback<Reveal["reveal"]>(
    async ({ asOf, reason }) => {
      const asked = { reason, asOf, events: events.current.slice(0, MAX_EVENTS) };
      const answer = await confirmed(() =>
        postJson(`/api/workspaces/${slug}/customers/${customerId}/reveal`, asked),
      );
      if (!answer.ok) return answer;
      setRevealed({ ...(answer.body as Revealed), asOf }); // our own route's answer, same deployment
      return { ok: true };
    },
    [slug, customerId, confirmed],
  );
  const value = useMemo<Reveal>(
    () => ({
      revealed,
      reveal,
      hide: () => setRevealed(null),
      showEvents: (messageIds) => {
        events.current = messageIds;
      },
    }),
    [revealed, reveal],
  );
  return (
    <RevealContext value={value}>
      {children}
      {dialog}
    </RevealContext>
  );
}

/** What is revealed of the customer whose page this is. */
export function useReveal(): Reveal {
  const reveal = useContext(RevealContext);
  if (!reveal) throw new Error("useReveal outside of a customer page");
  return reveal;
}

/** The name of the customer: masked, or in the clear once revealed. */
export function CustomerName({ masked }: { masked: string }) {
  return <>{useReveal().revealed?.displayKey ?? masked}</>;
}
