import { CircleAlert, CircleCheck, Info, LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

const looks = {
  info: { icon: Info, className: "bg-accent-soft text-accent" },
  success: { icon: CircleCheck, className: "bg-success-soft text-success" },
  working: { icon: LoaderCircle, className: "bg-amber-soft text-amber" },
  warning: { icon: CircleAlert, className: "bg-amber-soft text-amber" },
  error: { icon: CircleAlert, className: "bg-danger-soft text-danger" },
} as const;

/** A state of the page that lasts: something is being computed, or something went wrong. Results of acts are toasts. */
export function Banner({
  tone,
  children,
  action,
}: {
  tone: keyof typeof looks;
  children: ReactNode;
  action?: ReactNode;
}) {
  const { icon: Icon, className } = looks[tone];
  return (
    <div
      role={tone === "error" ? "alert" : "status"}
      className={classNames(
        "flex flex-wrap items-center gap-x-3 gap-y-2 rounded-card px-3 py-2 text-[13px]",
        className,
      )}
    >
      <Icon aria-hidden size={16} className={tone === "working" ? "motion-safe:animate-spin" : undefined} />
      <span className="min-w-0 flex-1 basis-52">{children}</span>
      {action}
    </div>
  );
}
