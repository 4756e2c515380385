import { z } from "zod";
import { AppError } from "@/lib/platform/errors";

const isMistyped = (error: unknown): boolean =>
  Boolean((error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS"));

/** What an expected refusal says; null for a fault of ours. */
function refusalOf(error: unknown): string | null {
  if (error instanceof AppError) return error.message;
  if (error instanceof z.ZodError) return error.issues.map((issue) => issue.message).join("\n");
  return isMistyped(error) ? (error as Error).message : null;
}

/**
 * Runs a command of the project and ends the process with its code. A call that is not understood and a refusal end with 2:
 * said in a sentence, with the usage where the call was at fault. Anything else is a fault of ours: its stack, and 1.
 * `--help` alone prints the usage.
 */
export function runCommand(usage: string, main: (args: string[]) => Promise<number>): void {
  const args = process.argv.slice(2);
  if (args.includes("--help")) {
    console.log(usage);
    return;
  }
  main(args).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      const refusal = refusalOf(error);
      if (refusal === null) console.error(error);
      else console.error(isMistyped(error) ? `${refusal}\n\n${usage}` : refusal);
      process.exitCode = refusal === null ? 1 : 2;
    },
  );
}

/** A call that lacks something or contradicts itself: the sentence, and how it is called. */
export const misused = (usage: string, sentence?: string): AppError =>
  new AppError("bad_input", sentence ? `${sentence}\n\n${usage}` : usage);
