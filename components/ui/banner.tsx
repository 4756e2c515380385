import { CircleAlert, LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

/** A state of the page that lasts: something is being computed, or something went wrong. */
export function Banner({
  tone,
  children,
  action,
}: {
  tone: "working" | "warning" | "error";
  children: ReactNode;
  action?: ReactNode;
}) {
  const Icon = tone === "working" ? LoaderCircle : CircleAlert;
  return (
    <div
      role={tone === "error" ? "alert" : "status"}
      className={classNames(
        "flex flex-wrap items-center gap-x-3 gap-y-2 rounded-card px-3 py-2 text-[13px]",
        tone === "error" ? "bg-danger-soft text-danger" : "bg-amber-soft text-amber",
      )}
    >
      <Icon aria-hidden size={16} className={tone === "working" ? "motion-safe:animate-spin" : undefined} />
      <span className="min-w-0 flex-1 basis-52">{children}</span>
      {action}
    </div>
  );
}
