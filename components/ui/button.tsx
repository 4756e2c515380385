import type { ComponentProps } from "react";
import { classNames } from "./class-names";

const looks = {
  primary: "bg-accent text-on-accent hover:opacity-90",
  secondary: "border border-line-strong/60 bg-surface text-ink hover:bg-sunken",
  ghost: "text-ink-2 hover:bg-sunken hover:text-ink",
} as const;

/** The look shared by buttons and by links that act like one. */
export const buttonClass = (look: keyof typeof looks, className?: string): string =>
  classNames(
    "inline-flex min-h-8 shrink-0 items-center justify-center gap-1.5 rounded-md px-3 text-[13px] font-medium whitespace-nowrap",
    "motion-safe:transition-colors duration-100 disabled:opacity-60",
    looks[look],
    className,
  );

/** A button; says what it does with a verb. */
export function Button({
  look = "secondary",
  className,
  ...props
}: ComponentProps<"button"> & { look?: keyof typeof looks }) {
  return <button type="button" {...props} className={buttonClass(look, className)} />;
}
