import { z } from "zod";

const failure = z.object({ error: z.object({ message: z.string(), requestId: z.string() }) });

export type Answer = { ok: true; body: unknown } | { ok: false; message: string };

async function answerOf(response: Response): Promise<Answer> {
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return { ok: true, body };
  const known = failure.safeParse(body);
  if (!known.success) return { ok: false, message: `HTTP ${response.status}` };
  const { message, requestId } = known.data.error;
  return { ok: false, message: response.status >= 500 ? `${message} (${requestId})` : message };
}

/** Asks our own API; a refusal comes back as a sentence in the reader's language. */
export const getJson = async (url: string): Promise<Answer> =>
  fetch(url).then(answerOf, (error: Error) => ({ ok: false, message: error.message }));

/** Sends a change to our own API. */
export const postJson = async (url: string, body: unknown): Promise<Answer> =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }).then(answerOf, (error: Error) => ({ ok: false, message: error.message }));
