import pg from "pg";
import { type Pool, poolConfig } from "@/lib/platform/db";

/** What some work cost: seconds of CPU in the database's backends and in this process, and of the clock on the wall. */
export interface Cost {
  backend: number;
  node: number;
  wall: number;
}

/** Server and client together. */
export const cpu = (cost: Cost): number => cost.backend + cost.node;

/** A pool with the product's settings whose backends report the CPU of every statement. */
export class Meter {
  readonly pool: Pool;
  private backend = 0;

  constructor(url: string, options = "", max = 8) {
    const config = poolConfig(url, max);
    this.pool = new pg.Pool({
      ...config,
      options: `${config.options} -c log_statement_stats=on -c client_min_messages=log ${options}`,
    });
    this.pool.on("error", () => {});
    this.pool.on("connect", (client) => {
      client.on("notice", ({ detail }) => {
        const usage = /([\d.]+) s user, ([\d.]+) s system/.exec(detail ?? "");
        if (usage) this.backend += Number(usage[1]) + Number(usage[2]);
      });
    });
  }

  /** Runs the work once. */
  async cost(work: () => Promise<unknown>): Promise<Cost> {
    const before = { backend: this.backend, node: process.cpuUsage(), wall: performance.now() };
    await work();
    const node = process.cpuUsage(before.node);
    return {
      backend: this.backend - before.backend,
      node: (node.user + node.system) / 1e6,
      wall: (performance.now() - before.wall) / 1000,
    };
  }

  /**
   * Runs the works in turn, `times` rounds, and answers the cheapest run of each: what neighbours on the same cores add is
   * left out, and a slow spell of the machine meets all of them.
   */
  async cheapest(times: number, ...works: (() => Promise<unknown>)[]): Promise<Cost[]> {
    const best: Cost[] = [];
    for (let round = 0; round < times; round++) {
      for (const [i, work] of works.entries()) {
        const cost = await this.cost(work);
        if (!best[i] || cpu(cost) < cpu(best[i])) best[i] = cost;
      }
    }
    return best;
  }

  /** Bytes of write-ahead log the whole server wrote during the work. */
  async walOf(work: () => Promise<unknown>): Promise<number> {
    const at = async () =>
      (await this.pool.query("SELECT pg_current_wal_insert_lsn()::text AS at")).rows[0].at as string;
    const before = await at();
    await work();
    const { rows } = await this.pool.query(
      "SELECT pg_wal_lsn_diff($1::pg_lsn, $2::pg_lsn)::float8 AS bytes",
      [await at(), before],
    );
    return rows[0].bytes;
  }
}
