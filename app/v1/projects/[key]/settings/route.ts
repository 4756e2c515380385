import { findSender } from "@/lib/intake/write-key";
import { systemClock } from "@/lib/platform/clock";
import { webDirectory } from "@/lib/platform/http/connections";
import { corsHeaders, preflight } from "../../../cors";

export const OPTIONS = preflight;

/** What analytics-next asks before its first event: that events go to this host. 404 for a key nobody has. */
export async function GET(request: Request, { params }: { params: Promise<{ key: string }> }) {
  const { key } = await params;
  const headers = corsHeaders(request);
  if (!(await findSender(webDirectory(), key, systemClock())))
    return Response.json({ success: false }, { status: 404, headers });
  const apiHost = `${request.headers.get("host") ?? new URL(request.url).host}/v1`;
  return Response.json(
    { integrations: { "Segment.io": { apiKey: key, apiHost } }, plan: {}, metrics: { sampleRate: 0 } },
    { headers },
  );
}
