/** Failures that cost nothing: people mistype. */
const FREE_FAILURES = 3;
const LONGEST_DELAY_SECONDS = 60;
const FORGET_AFTER_MS = 15 * 60_000;
const KEYS_HELD = 10_000;

interface Failures {
  count: number;
  lastAt: number;
}

/** Seconds to wait after that many failures: 1, 2, 4 … 60; never a lock for good. */
export const delaySeconds = (failures: number): number =>
  failures < FREE_FAILURES ? 0 : Math.min(LONGEST_DELAY_SECONDS, 2 ** (failures - FREE_FAILURES));

/**
 * Counts failed sign-ins by key (an account, an address) in this process and says how long the next try must wait.
 * Unknown accounts are counted like known ones, so waiting tells nothing.
 */
export class SignInLimiter {
  private readonly failures = new Map<string, Failures>();

  /** Seconds until `key` may try again; 0 when it may now. */
  waitSeconds(key: string, now: Date): number {
    const found = this.failures.get(key);
    if (!found) return 0;
    const since = now.getTime() - found.lastAt;
    if (since >= FORGET_AFTER_MS) {
      this.failures.delete(key);
      return 0;
    }
    return Math.max(0, Math.ceil(delaySeconds(found.count) - since / 1000));
  }

  failed(key: string, now: Date): void {
    const count = (this.failures.get(key)?.count ?? 0) + 1;
    this.failures.delete(key); // re-inserted last, so that the oldest key is the first to be dropped
    this.failures.set(key, { count, lastAt: now.getTime() });
    if (this.failures.size > KEYS_HELD) this.failures.delete(this.failures.keys().next().value as string);
  }

  succeeded(key: string): void {
    this.failures.delete(key);
  }
}
