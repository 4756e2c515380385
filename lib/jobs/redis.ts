import { Redis } from "ioredis";
import { AppError } from "@/lib/platform/errors";

/** What a Redis says about itself; null where it won't say (managed services forbid CONFIG). */
export interface RedisFacts {
  version: string;
  maxmemoryPolicy: string | null;
  appendOnly: string | null;
}

const MINIMUM = [6, 2] as const;

/** Why a queue must not live on this Redis, in words with the way out; null when it may. */
export function redisObjection(facts: RedisFacts): string | null {
  const [major = 0, minor = 0] = facts.version.split(".").map(Number);
  if (major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1]))
    return `Redis ${facts.version} is too old: version ${MINIMUM.join(".")} or newer is needed`;
  // Any other policy drops queue keys under memory pressure, without an error.
  if (facts.maxmemoryPolicy !== null && facts.maxmemoryPolicy !== "noeviction")
    return `Redis evicts keys (maxmemory-policy ${facts.maxmemoryPolicy}): start it with --maxmemory-policy noeviction`;
  if (facts.appendOnly !== null && facts.appendOnly !== "yes")
    return "Redis forgets on a restart (appendonly no): start it with --appendonly yes";
  return null;
}

/** Reads version, eviction policy and persistence of a Redis; throws when nothing answers within five seconds. */
export async function readRedisFacts(url: string): Promise<RedisFacts> {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 5_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  client.on("error", () => {}); // the rejected command says the same
  const setting = async (name: string) => {
    try {
      const [, value] = (await client.config("GET", name)) as string[];
      return value ?? null;
    } catch {
      return null;
    }
  };
  try {
    await client.connect();
    const info = await client.info("server");
    return {
      version: /redis_version:(\S+)/.exec(info)?.[1] ?? "0",
      maxmemoryPolicy: await setting("maxmemory-policy"),
      appendOnly: await setting("appendonly"),
    };
  } finally {
    client.disconnect();
  }
}

/** Refuses a Redis that would lose jobs. One that can't be reached passes: work goes on without it. */
export async function assertRedisKeepsJobs(url: string, warn: (message: string) => void): Promise<void> {
  let facts: RedisFacts;
  try {
    facts = await readRedisFacts(url);
  } catch (error) {
    warn(`Redis does not answer (${(error as Error).message}); the reconciler works without it`);
    return;
  }
  const objection = redisObjection(facts);
  if (objection) throw new AppError("conflict", objection, { ...facts });
  if (facts.maxmemoryPolicy === null || facts.appendOnly === null)
    warn("Redis does not show its settings; it must run with maxmemory-policy noeviction and appendonly yes");
}
