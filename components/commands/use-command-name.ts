"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { commandPath } from "./command-path";
import type { CommandId } from "./registry";

/** Names a command in the reader's language. */
export function useCommandName(): (id: CommandId) => string {
  // The paths are built from ids, which the compiler cannot follow; a test holds that each has its words.
  const t = useTranslations() as unknown as (path: string) => string;
  return useCallback((id) => t(commandPath(id)), [t]);
}
