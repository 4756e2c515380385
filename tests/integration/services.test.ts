import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Redis from "ioredis";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findPostgres, startPostgres } from "@/scripts/services/postgres.mjs";
import { startTestRedis } from "../support/services";

async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

describe("the Postgres launcher", () => {
  let dataDir: string;

  beforeEach(() => {
    dataDir = path.join(mkdtempSync(path.join(tmpdir(), "perennial-launcher-")), "postgres");
    chmodSync(path.dirname(dataDir), 0o755); // open to the account of the server, as a project folder normally is
  });

  afterEach(() => rmSync(path.dirname(dataDir), { recursive: true, force: true }));

  it("keeps data over a stop, reuses a running server, and comes back after kill -9", async () => {
    const first = await startPostgres({ dataDir });
    await query(first.url, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)");
    await first.stop();
    expect(await findPostgres({ dataDir })).toBeNull();

    const second = await startPostgres({ dataDir });
    const again = await startPostgres({ dataDir });
    expect([second.reused, again.reused]).toEqual([false, true]);
    expect(await findPostgres({ dataDir })).toBe(second.url);

    const pidFile = readFileSync(path.join(dataDir, "data/postmaster.pid"), "utf8");
    process.kill(Number(pidFile.split("\n")[0]), "SIGKILL");
    const third = await startPostgres({ dataDir });
    expect(await query(third.url, "SELECT id FROM kept")).toEqual([{ id: 1 }]);
    await third.stop();
  });

  it("flushes every commit of real data, runs on UTC and asks for a password", async () => {
    const server = await startPostgres({ dataDir });
    try {
      const asked = ["fsync", "synchronous_commit", "full_page_writes", "TimeZone", "listen_addresses"];
      const shown = await query(
        server.url,
        `SELECT name, setting FROM pg_settings WHERE name IN (${asked.map((name) => `'${name}'`).join()})`,
      );
      expect(Object.fromEntries(shown.map(({ name, setting }) => [name, setting]))).toEqual({
        fsync: "on",
        synchronous_commit: "on",
        full_page_writes: "on",
        TimeZone: "UTC",
        listen_addresses: "127.0.0.1",
      });
      const stranger = new URL(server.url);
      stranger.password = "guess";
      await expect(query(stranger.href, "SELECT 1")).rejects.toThrow("password authentication failed");
    } finally {
      await server.stop();
    }
  });
});

describe("the Redis launcher", () => {
  it("keeps its data over a restart, never evicts, and asks for a password", async () => {
    const server = await startTestRedis();
    const client = new Redis(server.url);
    client.on("error", () => {});
    try {
      await client.set("kept", "1");
      await server.restart();
      expect(await client.get("kept")).toBe("1");
      expect(await client.config("GET", "maxmemory-policy")).toEqual(["maxmemory-policy", "noeviction"]);
      const stranger = new Redis(server.port, "127.0.0.1", {
        maxRetriesPerRequest: 0,
        retryStrategy: () => null,
      });
      stranger.on("error", () => {});
      await expect(stranger.get("kept")).rejects.toThrow("NOAUTH");
      stranger.disconnect();
    } finally {
      client.disconnect();
      await server.stop();
    }
  });
});
