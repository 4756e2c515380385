import { z } from "zod";

const failure = z.object({
  error: z.object({
    message: z.string(),
    details: z.record(z.string(), z.unknown()).default({}),
    requestId: z.string(),
  }),
});

export type Answer =
  | { ok: true; body: unknown }
  | {
      ok: false;
      /** A sentence in the reader's language. */
      message: string;
      /** Particulars of the refusal: the field, the limit, what would help. */
      details: Record<string, unknown>;
      /** 0 when no answer came. */
      status: number;
      /** To quote when reporting an unexpected fault; null for a refusal that explains itself. */
      requestId: string | null;
    };

/** What a body that broke off reads as: leaving the page while it arrives is enough. */
const BROKEN_OFF = Symbol("broken off");

async function answerOf(response: Response): Promise<Answer> {
  const body: unknown = await response.json().catch(() => BROKEN_OFF);
  if (response.ok && body !== BROKEN_OFF) return { ok: true, body };
  const { status } = response;
  const known = failure.safeParse(body);
  if (!known.success) return { ok: false, status, message: `HTTP ${status}`, details: {}, requestId: null };
  const { message, details, requestId } = known.data.error;
  return { ok: false, status, message, details, requestId: status >= 500 ? requestId : null };
}

const unreachable = (error: Error): Answer => ({
  ok: false,
  status: 0,
  message: error.message,
  details: {},
  requestId: null,
});

/** Asks our own API; a refusal comes back as a sentence in the reader's language. */
export const getJson = (url: string, signal?: AbortSignal): Promise<Answer> =>
  fetch(url, { signal }).then(answerOf, unreachable);

/** Sends a change to our own API. */
export const sendJson = (
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  url: string,
  body?: unknown,
): Promise<Answer> =>
  fetch(url, {
    method,
    headers: body === undefined ? undefined : { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  }).then(answerOf, unreachable);

export const postJson = (url: string, body: unknown): Promise<Answer> => sendJson("POST", url, body);
