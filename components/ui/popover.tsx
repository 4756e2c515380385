"use client";

import { type ReactNode, type ToggleEvent, useId, useRef } from "react";
import { classNames } from "./class-names";

const GAP_PX = 6;
const EDGE_PX = 8;

/**
 * A panel that opens below its button. The browser's own popover gives the top layer, Escape, light dismissal and the
 * return of focus; links and buttons marked `data-close` inside it close it.
 */
export function Popover({
  trigger,
  label,
  children,
  width = 280,
  triggerClassName,
  panelClassName,
}: {
  trigger: ReactNode;
  /** Accessible name of the button. */
  label: string;
  children: ReactNode;
  width?: number;
  triggerClassName?: string;
  panelClassName?: string;
}) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);

  // The width is known beforehand, so the place is set before the panel shows and nothing jumps.
  function place(event: ToggleEvent<HTMLDivElement>) {
    if (event.newState !== "open" || !button.current || !panel.current) return;
    const box = button.current.getBoundingClientRect();
    const room = document.documentElement;
    const panelWidth = Math.min(width, room.clientWidth - 2 * EDGE_PX);
    const left = Math.max(EDGE_PX, Math.min(box.left, room.clientWidth - panelWidth - EDGE_PX));
    const below = room.clientHeight - box.bottom - GAP_PX - EDGE_PX;
    const above = box.top - GAP_PX - EDGE_PX;
    const up = below < 180 && above > below;
    Object.assign(panel.current.style, {
      width: `${panelWidth}px`,
      left: `${left}px`,
      top: up ? "auto" : `${box.bottom + GAP_PX}px`,
      bottom: up ? `${room.clientHeight - box.top + GAP_PX}px` : "auto",
      maxHeight: `${up ? above : below}px`,
    });
  }

  function closeAfter(event: React.MouseEvent) {
    if ((event.target as Element).closest("a, [data-close]")) panel.current?.hidePopover();
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        aria-label={label}
        title={label}
        popoverTarget={id}
        className={triggerClassName}
      >
        {trigger}
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the click that closes comes from a link or button inside */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys reach those links and buttons as clicks */}
      <div
        ref={panel}
        id={id}
        popover="auto"
        onBeforeToggle={place}
        onClick={closeAfter}
        className={classNames(
          "fixed overflow-auto rounded-card border border-line bg-surface p-3 text-left text-[13px] font-normal text-ink shadow-lg shadow-black/5",
          panelClassName,
        )}
      >
        {children}
      </div>
    </>
  );
}
