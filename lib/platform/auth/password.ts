import { hash, verify } from "@node-rs/argon2";

// OWASP's minimum for argon2id: 19 MiB, two passes, one lane.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The argon2id hash to store for a password. */
export const hashPassword = (password: string): Promise<string> => hash(password, cost);

let decoy: Promise<string> | undefined;

/**
 * Whether the password fits the stored hash. `null` (no such account) does the same work against a decoy and is
 * false, so that the time of an answer does not tell who exists.
 */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword("nobody signs in with this");
  const fits = await verify(stored ?? (await decoy), password);
  return stored !== null && fits;
}
