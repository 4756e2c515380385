"use client";

import type { ComponentProps } from "react";
import { classNames } from "./class-names";
import { controlClass, useFieldControl } from "./field";

/** Several lines of text. */
export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      rows={4}
      {...useFieldControl()}
      {...props}
      className={classNames(controlClass, "h-auto py-2 leading-normal", className)}
    />
  );
}
