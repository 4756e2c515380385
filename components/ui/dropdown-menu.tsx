"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useRef } from "react";
import { classNames } from "./class-names";
import { panelClass } from "./panel-class";
import { rememberMenuButton } from "./use-return-focus";

const row =
  "flex min-h-9 w-full cursor-pointer items-center gap-2 rounded-md px-2 py-1 -outline-offset-2 select-none data-[disabled]:cursor-default data-[disabled]:opacity-60 data-[highlighted]:bg-sunken";

/** A list of acts that opens at its button (the one element `trigger` is); arrow keys move, letters jump. */
export function DropdownMenu({
  trigger,
  align = "start",
  className,
  children,
}: {
  trigger: ReactNode;
  align?: "start" | "end";
  className?: string;
  children: ReactNode;
}) {
  const button = useRef<HTMLButtonElement>(null);
  return (
    <Radix.Root modal={false} onOpenChange={(open) => open && rememberMenuButton(button.current)}>
      <Radix.Trigger ref={button} asChild>
        {trigger}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className={classNames(
            panelClass,
            "max-h-(--radix-dropdown-menu-content-available-height) min-w-44 max-w-[calc(100vw-1rem)] p-1.5",
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** An act; with `asChild` the link inside is the row. */
export const MenuItem = ({
  danger = false,
  className,
  ...props
}: ComponentProps<typeof Radix.Item> & { danger?: boolean }) => (
  <Radix.Item {...props} className={classNames(row, danger && "text-danger", className)} />
);

/** One of several choices, the present one marked. Stands in a MenuChoices. */
export const MenuChoice = ({ className, children, ...props }: ComponentProps<typeof Radix.RadioItem>) => (
  <Radix.RadioItem {...props} className={classNames(row, className)}>
    {children}
    <span className="ml-auto grid size-4 place-items-center text-accent">
      <Radix.ItemIndicator>
        <Check aria-hidden size={14} />
      </Radix.ItemIndicator>
    </span>
  </Radix.RadioItem>
);

export const MenuChoices = Radix.RadioGroup;

export const MenuLabel = ({ className, ...props }: ComponentProps<typeof Radix.Label>) => (
  <Radix.Label {...props} className={classNames("px-2 py-1 text-xs text-ink-3", className)} />
);

export const MenuSeparator = () => <Radix.Separator className="-mx-1.5 my-1.5 h-px bg-line" />;
