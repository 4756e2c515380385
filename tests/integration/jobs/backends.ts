import path from "node:path";
import { startRedis } from "@/scripts/services/redis.mjs";
import { throwAwayFolder } from "@/scripts/services/throw-away.mjs";
import { redisServer } from "@/tests/support/services";

/** Where the queue of a test lives. */
export interface TestBackend {
  redisUrl?: string;
  stop(): Promise<void>;
}

/** Both places a queue can live: every behaviour is held on each. */
export const backends: { kind: "postgres" | "redis"; start: () => Promise<TestBackend> }[] = [
  { kind: "postgres", start: async () => ({ stop: async () => {} }) },
  {
    kind: "redis",
    start: async () => {
      const redis = await startOutageRedis();
      return { redisUrl: redis.url, stop: redis.remove };
    },
  },
];

/** A Redis that can be away for a while: `down` and `up` keep its data, port and password. */
export async function startOutageRedis() {
  const place = throwAwayFolder("test-redis");
  const start = (at: { port?: number; password?: string } = {}) =>
    startRedis({ dataDir: path.join(place.folder, "redis"), binary: redisServer(), ...at });
  let server = await start();
  const { url, port } = server;
  return {
    url,
    down: () => server.stop(),
    async up() {
      server = await start({ port, password: decodeURIComponent(new URL(url).password) });
    },
    async remove() {
      await server.stop();
      place.remove();
    },
  };
}
