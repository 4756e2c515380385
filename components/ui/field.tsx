"use client";

import { createContext, type ReactNode, useContext, useId } from "react";
import { classNames } from "./class-names";

interface ControlProps {
  id?: string;
  required?: boolean;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

const FieldContext = createContext<ControlProps>({});

/** What a control takes from the field around it, so that label, hint and error are announced with it. */
export const useFieldControl = (): ControlProps => useContext(FieldContext);

/** The look of every control one types into or chooses from. */
export const controlClass =
  "h-9 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2.5 text-sm text-ink placeholder:text-ink-3 disabled:bg-sunken disabled:text-ink-3 aria-invalid:border-danger";

/** One control with its label above and its hint or error below. The control inside is bound to all three. */
export function Field({
  label,
  hint,
  error,
  required,
  labelHidden = false,
  className,
  children,
}: {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong, in words; null or empty when nothing is. */
  error?: ReactNode;
  required?: boolean;
  /** For a control whose place says what it is; the label is still read aloud. */
  labelHidden?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <FieldContext
      value={{
        id,
        required,
        "aria-describedby": described || undefined,
        "aria-invalid": error ? true : undefined,
      }}
    >
      <div className={classNames("grid content-start gap-1", className)}>
        <label htmlFor={id} className={labelHidden ? "sr-only" : "text-[13px] font-medium text-ink-2"}>
          {label}
        </label>
        {children}
        {hint && (
          <p id={`${id}-hint`} className="text-xs text-ink-3">
            {hint}
          </p>
        )}
        {error && (
          <p id={`${id}-error`} role="alert" className="text-xs text-danger">
            {error}
          </p>
        )}
      </div>
    </FieldContext>
  );
}
