"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { CustomerSummary } from "@/components/customer/customer-summary";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/sheet";
import type { ListedCustomer } from "@/lib/customers/list-schema";
import type { CustomersScene } from "./customers-scene";

const typesInto = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest("input, textarea, select, [contenteditable], [role=menu]") !== null;

/** A look at one customer beside the list; the arrow keys go on to the next row, Escape and Back come home. */
export function CustomerPeek({
  scene,
  rows,
  peeked,
  onPeek,
  onClose,
}: {
  scene: CustomersScene;
  rows: readonly ListedCustomer[];
  peeked: number | null;
  onPeek: (id: number) => void;
  onClose: () => void;
}) {
  const t = useTranslations("customers");
  const at = rows.findIndex((row) => row.customerId === peeked);
  const previous = rows[at - 1];
  const next = at < 0 ? undefined : rows[at + 1];

  useEffect(() => {
    if (peeked === null) return;
    const onKey = (event: KeyboardEvent) => {
      const to = event.key === "ArrowDown" ? next : event.key === "ArrowUp" ? previous : undefined;
      if (!to || typesInto(event.target) || event.defaultPrevented) return;
      event.preventDefault();
      onPeek(to.customerId);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [peeked, next, previous, onPeek]);

  return (
    <Sheet
      open={peeked !== null}
      onOpenChange={(open) => !open && onClose()}
      title={rows[at]?.displayKey ?? t("columns.customer")}
      hint={t("peekHint")}
    >
      <div className="flex gap-2">
        <Button
          size="small"
          disabled={!previous}
          onClick={() => previous && onPeek(previous.customerId)}
          aria-label={t("peekPrevious")}
        >
          <ChevronUp aria-hidden size={14} />
        </Button>
        <Button
          size="small"
          disabled={!next}
          onClick={() => next && onPeek(next.customerId)}
          aria-label={t("peekNext")}
        >
          <ChevronDown aria-hidden size={14} />
        </Button>
      </div>
      {peeked !== null && (
        <CustomerSummary key={peeked} slug={scene.slug} customerId={peeked} asOf={scene.list.asOf} />
      )}
    </Sheet>
  );
}
