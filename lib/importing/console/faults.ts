import { AppError } from "@/lib/platform/errors";
import type { ImportFault } from "./schema";

/** An expected error as the import keeps it; anything else is thrown on. */
export function faultOfError(error: unknown): ImportFault {
  if (!(error instanceof AppError)) throw error;
  const { reason, ...details } = error.details;
  return { reason: typeof reason === "string" ? reason : "other", message: error.message, details };
}
