import { setTimeout as sleep } from "node:timers/promises";

/** Polls until `check` answers something truthy, and answers that; past the deadline it throws what was last seen. */
export async function eventually<T>(
  what: string,
  check: () => Promise<T> | T,
  { withinMs = 30_000, everyMs = 50 }: { withinMs?: number; everyMs?: number } = {},
): Promise<NonNullable<T>> {
  const deadline = Date.now() + withinMs;
  let last: unknown;
  do {
    try {
      const found = await check();
      if (found) return found;
      last = found;
    } catch (error) {
      last = error;
    }
    await sleep(everyMs);
  } while (Date.now() < deadline);
  throw new Error(
    `Not within ${withinMs} ms: ${what} (last: ${last instanceof Error ? last.stack : JSON.stringify(last)})`,
  );
}
