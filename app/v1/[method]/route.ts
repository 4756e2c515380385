import { MAX_BODY_BYTES } from "@/lib/intake/body";
import { ingest } from "@/lib/intake/ingest";
import { ring } from "@/lib/jobs/queue";
import { systemClock } from "@/lib/platform/clock";
import { corsHeaders, preflight } from "../cors";
import { ingestDoor } from "../ingest-connection";

export const OPTIONS = preflight;

/** The Segment HTTP API: POST /v1/identify, track, page, screen, group, alias, batch (see lib/intake/ingest.ts). */
export async function POST(request: Request, { params }: { params: Promise<{ method: string }> }) {
  const receivedAt = systemClock();
  const { method } = await params;
  const { status, body, headers, grown } = await ingest(ingestDoor(), {
    method,
    headers: {
      authorization: request.headers.get("authorization") ?? undefined,
      "content-encoding": request.headers.get("content-encoding") ?? undefined,
    },
    queryWriteKey: new URL(request.url).searchParams.get("writeKey"),
    body: await readUpTo(request, MAX_BODY_BYTES),
    receivedAt,
  });
  // Nobody waits for the bell: the events are durable, and a worker looks by itself every 15 s.
  if (grown !== undefined) void ring("drain", { workspaceId: grown });
  return Response.json(body, { status, headers: { ...headers, ...corsHeaders(request) } });
}

/** The body, cut off one byte past the limit: enough to see that it is too large, whatever the sender goes on to send. */
async function readUpTo(request: Request, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body?.getReader();
  while (reader && bytes <= limit) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    bytes += value.length;
  }
  if (bytes > limit) await reader?.cancel();
  return Buffer.concat(chunks).subarray(0, limit + 1);
}
