import { randomUUID } from "node:crypto";
import { type Pool, workspacePool } from "@/lib/platform/db";
import { log } from "@/lib/platform/log";
import { activeMapping } from "@/lib/sources/active-mapping";
import { isBackedUp, MAX_WAITING } from "./back-pressure";
import { type DecodedBody, decodeBody } from "./body";
import { assertCleanValue } from "./clean-value";
import { customKindIds, MAX_CUSTOM_KINDS } from "./custom-kinds";
import { MAX_EVENTS_PER_SECOND, secondsToWait } from "./event-rate";
import { isTooLarge, MAX_EVENT_BYTES } from "./event-size";
import { type InboxRow, writeInbox } from "./inbox";
import { parseInstant } from "./occurred-at";
import { type QuarantineRow, quarantine } from "./quarantine";
import { outcomeOf, type Rejection, type RejectionReason } from "./rejection";
import { type DecodedEvent, decodeMessage, type MessageType } from "./segment";
import { findSender, requestWriteKey, type Sender } from "./write-key";

/** Most events of a batch: SDKs send tens; each one costs work that its bytes do not show. */
export const MAX_BATCH_EVENTS = 2_500;

const RETRY_AFTER_SECONDS = "10";

/** What a path of /v1 takes: one message of that type, or a batch of any. The letters are the browser SDK's. */
const endpoints: Record<string, MessageType | "batch"> = {
  identify: "identify",
  i: "identify",
  track: "track",
  t: "track",
  page: "page",
  p: "page",
  screen: "screen",
  s: "screen",
  group: "group",
  g: "group",
  alias: "alias",
  a: "alias",
  batch: "batch",
  b: "batch",
  import: "batch",
};

export interface IngestRequest {
  /** The last part of the path: `track`, `batch`, `t`. */
  method: string;
  /** Names in lower case; authorization and content-encoding are read. */
  headers: Readonly<Record<string, string | undefined>>;
  /** `?writeKey=` of the URL, for beacons that cannot send headers. */
  queryWriteKey?: string | null;
  body: Buffer;
  receivedAt: Date;
}

/** How much may wait, and how quickly one source may send. */
export interface IngestLimits {
  waiting: number;
  eventsPerSecond: number;
}
const usualLimits: IngestLimits = { waiting: MAX_WAITING, eventsPerSecond: MAX_EVENTS_PER_SECOND };

/** The two sights ingestion needs: the directory knows whose key it is, the pool is bound to that workspace. */
export interface IngestDoor {
  directory: Pool;
  pool: Pool;
}

export interface IngestAnswer {
  status: number;
  body: Record<string, unknown>;
  headers: Record<string, string>;
  /** The workspace whose inbox grew; absent when nothing was accepted. */
  grown?: number;
}

/** One refused event of a request: its place in the batch and the sender's message id, so that it can be found. */
interface RefusedEvent extends Rejection {
  index: number;
  messageId: string | null;
}

/**
 * Takes one request of the Segment HTTP API. 200 means every event is either committed in the inbox or named under
 * `rejected` and kept in quarantine; a sender that repeats a request is harmless, message ids are remembered for ever.
 * 400 malformed (or the single event refused), 401 key, 404 path, 413 too large, 415 encoding, 429 backed up,
 * 503 the database cannot take it now; 429 and 503 say when to come back and have stored nothing the sender must not resend.
 * Sessions of `pool` must commit synchronously (ingest-pool.ts).
 */
export async function ingest(
  door: IngestDoor,
  request: IngestRequest,
  limits: Partial<IngestLimits> = {},
): Promise<IngestAnswer> {
  const expects = Object.hasOwn(endpoints, request.method) ? endpoints[request.method]! : null;
  if (!expects) return answer(404, { message: `No such method: /v1/${request.method.slice(0, 40)}` });
  try {
    return await take(door, request, expects, { ...usualLimits, ...limits });
  } catch (error) {
    // Nothing is known to be stored, so the honest answer is the one that makes the sender keep its events.
    log.error({ err: error }, "ingest failed");
    return answer(503, { message: "Events cannot be stored at the moment, send them again" }, retryLater);
  }
}

async function take(
  { directory, pool: unbound }: IngestDoor,
  request: IngestRequest,
  expects: MessageType | "batch",
  limits: IngestLimits,
): Promise<IngestAnswer> {
  const { receivedAt } = request;
  const early = requestWriteKey({ authorization: request.headers.authorization });
  // A key in the header is checked before the body is unpacked: strangers cost one index probe.
  let sender = early ? await findSender(directory, early, receivedAt) : null;
  if (early && !sender) return unauthorized;
  const decoded = await decodeBody(request.body, request.headers["content-encoding"]);
  const key =
    early ?? requestWriteKey({ body: decoded.ok ? decoded.value : null, query: request.queryWriteKey });
  if (!key) return decoded.ok ? unauthorized : answer(decoded.status, { message: decoded.message });
  sender ??= await findSender(directory, key, receivedAt);
  if (!sender) return unauthorized;
  const pool = workspacePool(unbound, sender.workspaceId);
  if (await isBackedUp(pool, { workspaceId: sender.workspaceId, limit: limits.waiting, now: receivedAt }))
    return answer(
      429,
      { message: "Too many events are waiting in this workspace, send these again later" },
      retryLater,
    );
  // What is kept for people to read must not hold the sender's secret.
  const hidden = (text: string) => text.replaceAll(key, "(write key)");
  const keep = (rows: QuarantineRow[]) =>
    quarantine(pool, {
      ...sender,
      receivedAt,
      rows: rows.map((row) => ({
        ...row,
        raw: hidden(row.raw),
        envelope: row.envelope && JSON.parse(hidden(JSON.stringify(row.envelope))),
      })),
    });
  if (!decoded.ok) return refuseBody(decoded, keep);

  const envelope = openEnvelope(decoded.value, expects);
  if ("message" in envelope)
    return refuseBody(
      {
        ok: false,
        status: 400,
        reason: "malformed_json",
        message: envelope.message,
        raw: json(decoded.value),
      },
      keep,
    );
  if (envelope.events.length > MAX_BATCH_EVENTS)
    return refuseBody(
      {
        ok: false,
        status: 413,
        reason: "event_too_large",
        message: `A batch may have ${MAX_BATCH_EVENTS} events, this one has ${envelope.events.length}`,
        raw: json(decoded.value),
      },
      keep,
    );
  const wait = secondsToWait(pool, {
    sourceId: sender.sourceId,
    events: envelope.events.length,
    perSecond: limits.eventsPerSecond,
    now: receivedAt,
  });
  if (wait > 0)
    return answer(
      429,
      {
        message: `More than ${limits.eventsPerSecond} events a second from this source, send these again later`,
      },
      { "retry-after": String(wait) },
    );
  const shared = sharedContextFault(envelope);
  if (shared)
    return refuseBody(
      { ok: false, status: shared.status, ...shared.rejection, raw: json(decoded.value) },
      keep,
    );
  const { accepted, refused } = await sort(
    pool,
    sender,
    receivedAt,
    envelope,
    decoded.bytes > MAX_EVENT_BYTES,
  );
  await writeInbox(pool, sender.workspaceId, accepted);
  await keep(
    refused.map((event) => {
      const raw = envelope.events[event.index];
      return { raw: json(raw), rejection: event, envelope: envelopeOf(envelope, raw) };
    }),
  );
  const said = expects === "batch" ? batchAnswer(refused) : singleAnswer(refused);
  return accepted.length > 0 ? { ...said, grown: sender.workspaceId } : said;
}

interface Envelope {
  events: unknown[];
  typeOf: (event: unknown) => unknown;
  sentAt?: unknown;
  context?: unknown;
}

/** The events of a body with what the batch says about all of them; a message when a batch is none. */
function openEnvelope(body: unknown, expects: MessageType | "batch"): Envelope | { message: string } {
  if (expects !== "batch") return { events: [body], typeOf: () => expects };
  const { batch, sentAt, context } = (body ?? {}) as Record<string, unknown>;
  if (!Array.isArray(batch))
    return { message: 'A batch must be an object with a list of events: { "batch": [ … ] }' };
  return { events: batch, typeOf: (event) => (event as { type?: unknown } | null)?.type, sentAt, context };
}

/** What is wrong with the context a batch shares among its events; checked once, not for each of them. */
function sharedContextFault({ context }: Envelope): { status: 400 | 413; rejection: Rejection } | null {
  if (context === undefined) return null;
  const clean = outcomeOf(() => assertCleanValue(context, "context"));
  if (!clean.ok) return { status: 400, rejection: clean.rejection };
  return isTooLarge(context) ? { status: 413, rejection: { ...tooLargeEvent, path: "context" } } : null;
}

/** Every event of the envelope is either a row for the inbox or refused. */
async function sort(pool: Pool, sender: Sender, receivedAt: Date, envelope: Envelope, mayBeLarge: boolean) {
  const refused: RefusedEvent[] = [];
  const decoded: { event: DecodedEvent; index: number }[] = [];
  const apply = await activeMapping(pool, { ...sender, version: sender.mappingVersion });
  const refuse = (index: number, { reason, path, message }: Rejection) =>
    refused.push({ index, messageId: messageIdOf(envelope.events[index]), reason, path, message });
  const context = {
    sourceId: sender.sourceId,
    currency: sender.currency,
    receivedAt,
    newMessageId: randomUUID,
    sentAt: parseInstant(envelope.sentAt) ?? envelope.sentAt,
    context: envelope.context,
  };
  for (const [index, raw] of envelope.events.entries()) {
    const type = envelope.typeOf(raw);
    const mapped = apply(raw, type);
    if (mapped === "dropped") continue;
    const outcome = decodeMessage(mapped.message, type, context);
    if (!outcome.ok) refuse(index, outcome.rejection);
    else if (mayBeLarge && isTooLarge(raw)) refuse(index, tooLargeEvent);
    else decoded.push({ event: outcome.value, index });
  }
  const keys = decoded.flatMap(({ event }) => (typeof event.kind === "string" ? [event.kind] : []));
  const ids = await customKindIds(pool, { workspaceId: sender.workspaceId, keys, createdAt: receivedAt });
  const accepted: InboxRow[] = [];
  for (const { event, index } of decoded) {
    const kind = typeof event.kind === "string" ? ids.get(event.kind) : event.kind;
    if (kind === undefined) refuse(index, tooManyKinds);
    else accepted.push({ ...event, kind });
  }
  return { accepted, refused: refused.sort((a, b) => a.index - b.index) };
}

/** What a refused event needs beside its text to be decoded again: of a shared context only what we read of it. */
function envelopeOf({ typeOf, sentAt, context }: Envelope, raw: unknown) {
  const { campaign, externalIds, traits } = (context ?? {}) as Record<string, unknown>;
  return {
    type: typeOf(raw),
    sentAt,
    context: context === undefined ? undefined : { campaign, externalIds, traits },
  };
}

export const tooLargeEvent: Rejection = {
  reason: "event_too_large",
  path: null,
  message: `An event may have ${MAX_EVENT_BYTES} bytes of JSON`,
};

export const tooManyKinds: Rejection = {
  reason: "too_many_kinds",
  path: "event",
  message: `The workspace has ${MAX_CUSTOM_KINDS} custom event kinds; put what varies into properties, not into the name`,
};

function messageIdOf(event: unknown): string | null {
  const id = (event as { messageId?: unknown } | null)?.messageId;
  return typeof id === "string" ? id.slice(0, 512) : null;
}

async function refuseBody(
  fault: Omit<Extract<DecodedBody, { ok: false }>, "reason"> & { reason: RejectionReason },
  keep: (rows: QuarantineRow[]) => Promise<void>,
): Promise<IngestAnswer> {
  const { status, reason, message, raw } = fault;
  await keep([{ raw, rejection: { reason, path: null, message }, envelope: null }]);
  return answer(status, { reason, message });
}

/** 200 even when all were refused: the sender must not send the batch again, it would be refused again. */
const batchAnswer = (refused: RefusedEvent[]): IngestAnswer =>
  answer(200, refused.length > 0 ? { rejected: refused } : {});

function singleAnswer([refused]: RefusedEvent[]): IngestAnswer {
  if (!refused) return answer(200, {});
  const { reason, path, message } = refused;
  return answer(reason === "event_too_large" ? 413 : 400, { reason, path, message });
}

const answer = (
  status: number,
  body: Record<string, unknown>,
  headers: Record<string, string> = {},
): IngestAnswer => ({
  status,
  body: { success: status === 200, ...body },
  headers,
});

const unauthorized = answer(401, { message: "The write key is unknown or revoked" });
const retryLater = { "retry-after": RETRY_AFTER_SECONDS };

/** JSON of a value for people to read; what nests beyond the stack is only named. */
function json(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "(nothing)";
  } catch {
    return "(nested too deeply to be shown)";
  }
}
