import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { findJsonFault } from "./json-fault";

const inflate = promisify(gunzip);

/** Largest body, sent or unpacked: the Segment spec's 500 KB a batch. */
export const MAX_BODY_BYTES = 512 * 1024;

export type DecodedBody =
  | { ok: true; value: unknown; bytes: number }
  | {
      ok: false;
      status: 400 | 413 | 415;
      reason: "malformed_json" | "event_too_large";
      message: string;
      raw: string;
    };

/**
 * The JSON value of a request body. A gzip body is unpacked up to MAX_BODY_BYTES and not a byte further, however much it
 * would come to; the content type is not asked (SDKs send JSON as text or as a form).
 */
export async function decodeBody(body: Buffer, encoding: string | undefined): Promise<DecodedBody> {
  if (body.length > MAX_BODY_BYTES) return tooLarge(body.toString("utf8"));
  const zipped = body[0] === 0x1f && body[1] === 0x8b; // no JSON begins like that
  const named = (encoding ?? "").trim().toLowerCase();
  if (named !== "" && named !== "identity" && named !== "gzip" && named !== "x-gzip")
    return fault(
      415,
      `Content-Encoding ${named} is not understood: send gzip or none`,
      `(${body.length} bytes, ${named})`,
    );
  let bytes = body;
  if (zipped || named.endsWith("gzip")) {
    const note = `(${body.length} bytes of gzip)`;
    try {
      bytes = await inflate(body, { maxOutputLength: MAX_BODY_BYTES });
    } catch (error) {
      const bomb = (error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE";
      return bomb ? tooLarge(note) : fault(400, "The gzip body is damaged or cut off", note);
    }
  }
  return parse(bytes);
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function parse(bytes: Buffer): DecodedBody {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return fault(400, "The body is not UTF-8 text", bytes.toString("utf8"));
  }
  try {
    return { ok: true, value: JSON.parse(text), bytes: bytes.length };
  } catch {
    return fault(400, findJsonFault(text)?.message ?? "Malformed JSON", text);
  }
}

const tooLarge = (raw: string): DecodedBody => ({
  ok: false,
  status: 413,
  reason: "event_too_large",
  message: `A request may have ${MAX_BODY_BYTES} bytes, unpacked: send smaller batches`,
  raw,
});

const fault = (status: 400 | 415, message: string, raw: string): DecodedBody => ({
  ok: false,
  status,
  reason: "malformed_json",
  message,
  raw,
});
