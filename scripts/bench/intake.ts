import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { drainAll } from "@/lib/intake/drain";
import { type InboxRow, writeInbox } from "@/lib/intake/inbox";
import { ingest } from "@/lib/intake/ingest";
import { openIngestPool } from "@/lib/intake/ingest-pool";
import { KIND } from "@/lib/intake/kinds";
import { openPool, workspacePool } from "@/lib/platform/db";
import { createSource } from "@/lib/workspaces/mutations";
import type { Bench } from "./bench";
import { NOW, ZONE } from "./data-set";

const ROWS = 100_000;
const SINGLE_ROWS = 1_000;
const BATCH_ROWS = 1_000;
/** A collector's request: well under the 500 KB a batch may have. */
const REQUEST_EVENTS = 500;
const SENDERS = 4;

const DAY_MS = 86_400_000;

/** The same pseudo-random numbers in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Events people cause in one sitting, as in the data set. */
const SESSION = 5;
const SESSION_MS = 30 * 60_000;

/** Events of the last 25 days by known customers, some of them often, in sessions as the data set has them. */
function inventRows(bench: Bench, ids: number[], count: number, seed: number): InboxRow[] {
  const random = randomNumbers(seed);
  let customer = 0;
  let begunAt = 0;
  return Array.from({ length: count }, (_, i) => {
    if (i % SESSION === 0) {
      customer = ids[Math.floor(ids.length * random() ** 3)]!;
      begunAt = NOW.getTime() - SESSION_MS - Math.floor(25 * DAY_MS * random());
    }
    const kind = 1 + Math.floor(12 * random());
    const amount = { [KIND.order]: 1000 + (customer % 9000), [KIND.refund]: -500 }[kind] ?? null;
    return {
      sourceId: bench.data.main.sourceId,
      kind,
      receivedAt: NOW,
      occurredAt: new Date(begunAt + Math.floor(SESSION_MS * random())),
      messageId: randomUUID(),
      userKey: `c${customer}`,
      anonymousKey: null,
      previousKey: null,
      externalKeys: null,
      amount,
      channel: null,
      props: { url: `/p/${customer & 4095}`, target: String(kind) },
      traits: null,
    };
  });
}

async function mainCustomers({ meter, data }: Bench): Promise<number[]> {
  const { rows } = await meter.pool.query("SELECT customer_id AS id FROM customer WHERE workspace_id = $1", [
    data.main.id,
  ]);
  return rows.map(({ id }) => id);
}

/** G8: accepting rows in batches against one by one (each commits durably), and what draining them costs. */
export async function measureIntake(bench: Bench): Promise<void> {
  const { meter, data } = bench;
  const ids = await mainCustomers(bench);
  const pool = openIngestPool(bench.url, 1);
  const bound = workspacePool(pool, data.main.id);
  const rate = async (count: number, size: number, seed: number) => {
    const rows = inventRows(bench, ids, count, seed);
    const since = performance.now();
    for (let at = 0; at < count; at += size) await writeInbox(bound, data.main.id, rows.slice(at, at + size));
    return count / ((performance.now() - since) / 1000);
  };
  try {
    await rate(BATCH_ROWS, BATCH_ROWS, 1);
    const batches = await rate(ROWS, BATCH_ROWS, 2);
    const single = await rate(SINGLE_ROWS, 1, 3);
    bench.report({
      id: "G8 inbox",
      name: `rows a second: unnest × ${BATCH_ROWS} ÷ one by one (wall)`,
      value: batches / single,
      unit: "x",
      target: { atLeast: 100 },
      detail: `${Math.round(batches)} against ${Math.round(single)} rows/s`,
    });
  } finally {
    await pool.end();
  }
  let stored = 0;
  const drained = await meter.cost(async () => {
    stored = (await drainAll(meter.pool, { workspaceId: data.main.id, timeZone: ZONE, now: NOW })).stored;
  });
  const expected = BATCH_ROWS + ROWS + SINGLE_ROWS;
  if (stored !== expected) throw new Error(`${expected} events were accepted, ${stored} were stored`);
  bench.report({
    id: "G8 drain",
    name: "drain: events a second and core",
    value: stored / drained.backend,
    unit: "ev/s",
    target: { atLeast: 30_000 },
    detail: `${drained.backend.toFixed(2)} s CPU for ${stored} events, ${drained.wall.toFixed(2)} s on the wall`,
  });
}

const names = [
  "Product Viewed",
  "Product Liked",
  "Comment Posted",
  "Product Shared",
  "Product Added",
  "Order Completed",
  "Signed In",
  "Products Searched",
];

/** What a collector sends: a batch of tracks with context, as SDKs write them. */
function inventRequest(ids: number[], seed: number): Buffer {
  const random = randomNumbers(seed);
  const batch = Array.from({ length: REQUEST_EVENTS }, (_, i) => {
    const customer = ids[Math.floor(ids.length * random())]!;
    const event = names[i % names.length]!;
    const at = new Date(NOW.getTime() - Math.floor(3_600_000 * random())).toISOString();
    return {
      type: "track",
      event,
      messageId: `node-${seed}-${i}-${customer}`,
      userId: `c${customer}`,
      timestamp: at,
      properties:
        event === "Order Completed"
          ? {
              order_id: `o${seed}-${i}`,
              revenue: 25.5,
              currency: "CNY",
              products: [{ sku: "A-1", quantity: 2, price: 12.75 }],
            }
          : event === "Products Searched"
            ? { query: "red shoes" }
            : { product_id: `p${customer & 4095}`, name: "Red shoes", price: 12.75 },
      context: { library: { name: "@segment/analytics-node", version: "3.1.0" }, ip: "203.0.113.7" },
    };
  });
  return Buffer.from(JSON.stringify({ batch, sentAt: NOW.toISOString() }));
}

const inboxColumns = `workspace_id, source_id, kind, received_at, occurred_at, message_id, user_key, anonymous_key,
  previous_key, external_keys, amount, channel, props, traits`;

/**
 * HTTP ingestion without the socket (a request's headers and bytes in, the answer out: unpack, decode, validate, commit),
 * with a few senders at once, against COPY of the very same rows from prepared text on one connection.
 */
export async function measureHttp(bench: Bench): Promise<void> {
  const { meter, data } = bench;
  const ids = await mainCustomers(bench);
  const { writeKey } = await createSource(meter.pool, {
    workspaceId: data.main.id,
    name: "bench http",
    kind: "http",
    now: NOW,
  });
  const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString("base64")}`;
  const door = {
    directory: openPool(bench.url, SENDERS, "perennial_directory"),
    pool: openIngestPool(bench.url, SENDERS),
  };
  const send = async (body: Buffer) => {
    const request = { method: "batch", headers: { authorization }, body, receivedAt: NOW };
    const { status, body: answer } = await ingest(door, request, {
      eventsPerSecond: Number.POSITIVE_INFINITY,
    });
    if (status !== 200 || "rejected" in answer)
      throw new Error(`Ingestion answered ${status} ${JSON.stringify(answer).slice(0, 300)}`);
  };
  try {
    const warm = Array.from({ length: 20 }, (_, i) => inventRequest(ids, 10_000 + i));
    for (const body of warm) await send(body);
    await meter.pool.query("TRUNCATE event_inbox");
    const requests = Array.from({ length: ROWS / REQUEST_EVENTS }, (_, i) => inventRequest(ids, i + 1));
    const waiting = [...requests];
    const http = await meter.cost(async () => {
      const sender = async () => {
        for (let body = waiting.pop(); body; body = waiting.pop()) await send(body);
      };
      await Promise.all(Array.from({ length: SENDERS }, sender));
    });

    const client = await meter.pool.connect();
    let copy = Number.POSITIVE_INFINITY;
    try {
      const text = await buffer(client.query(copyTo(`COPY event_inbox (${inboxColumns}) TO STDOUT`)));
      for (let i = 0; i < 3; i++) {
        await client.query("TRUNCATE event_inbox");
        const since = performance.now();
        await pipeline(
          Readable.from([text]),
          client.query(copyFrom(`COPY event_inbox (${inboxColumns}) FROM STDIN`)),
        );
        copy = Math.min(copy, (performance.now() - since) / 1000);
      }
      await client.query("TRUNCATE event_inbox");
    } finally {
      client.release();
    }
    bench.report({
      id: "HTTP",
      name: "HTTP ingestion ÷ COPY of the same rows (wall)",
      value: (100 * copy) / http.wall,
      unit: "%",
      target: { atLeast: 15 },
      detail: `${Math.round(ROWS / http.wall)} against ${Math.round(ROWS / copy)} events/s; ${((http.node / ROWS) * 1e6).toFixed(1)} µs of Node an event`,
    });
  } finally {
    for (const pool of Object.values(door)) await pool.end();
  }
}
