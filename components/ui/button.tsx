import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";

const look = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md text-[13px] font-medium whitespace-nowrap duration-100 motion-safe:transition-colors disabled:opacity-60 aria-disabled:opacity-60",
  {
    variants: {
      variant: {
        primary: "bg-accent text-on-accent hover:opacity-90",
        secondary: "border border-line-strong/60 bg-surface text-ink hover:bg-sunken",
        ghost: "text-ink-2 hover:bg-sunken hover:text-ink",
        danger: "bg-danger text-on-danger hover:opacity-90",
        link: "text-accent hover:underline",
      },
      size: {
        small: "min-h-7 px-2 text-xs",
        medium: "min-h-8 px-3",
        large: "min-h-10 px-4 text-sm",
        icon: "size-8",
      },
    },
    defaultVariants: { variant: "secondary", size: "medium" },
  },
);

/** A button that says what it does with a verb; `asChild` gives its look to the link inside. */
export function Button({
  variant,
  size,
  asChild = false,
  className,
  ...props
}: ComponentProps<"button"> & VariantProps<typeof look> & { asChild?: boolean }) {
  const classes = classNames(look({ variant, size }), className);
  if (asChild) return <Slot.Root {...props} className={classes} />;
  return <button type="button" {...props} className={classes} />;
}
