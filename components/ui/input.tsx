"use client";

import type { ComponentProps } from "react";
import { classNames } from "./class-names";
import { controlClass, useFieldControl } from "./field";

/** A line of text, a number or a day; inside a Field it is bound to its label, hint and error. */
export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input {...useFieldControl()} {...props} className={classNames(controlClass, className)} />;
}
