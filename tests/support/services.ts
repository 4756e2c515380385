import path from "node:path";
import { ensureRedis } from "@/scripts/services/redis.mjs";
import { throwAwayPostgres, throwAwayRedis } from "@/scripts/services/throw-away.mjs";

/** A server of one test file's own, to be flushed, stopped or killed as the test likes. */
export interface TestServer {
  url: string;
  port: number;
  /** Stops it (clients are cut off) and starts it on the same data, port and password. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The Redis server program of this machine (npm test fetches one where there is none). */
export const redisServer = (): string =>
  ensureRedis({ toolsDir: path.resolve(import.meta.dirname, "../../.perennial/tools") });

/** A Redis with an append-only file and no eviction, empty, on a free port. */
export const startTestRedis = (): Promise<TestServer> => throwAwayRedis("test-redis", redisServer());

/** A Postgres of its own, empty and not migrated, for tests that stop the whole server. */
export const startTestPostgres = (): Promise<TestServer> => throwAwayPostgres("test-postgres");
