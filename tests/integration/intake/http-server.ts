import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";

type Handler = (
  request: Request,
  context: { params: Promise<{ method: string }> },
) => Response | Promise<Response>;

export interface IngestServer {
  origin: string;
  /** Requests seen so far: path, status answered. */
  seen: { path: string; status: number; retry: string | null }[];
  close(): Promise<void>;
}

/**
 * The route handlers behind a real socket, without Next. `sabotage` may answer in place of the handler, or replace what the
 * handler answered after its work was done: a proxy that fails, a connection that breaks after the commit.
 */
export async function serveIngest(
  route: { POST: Handler; OPTIONS: (request: Request) => Response },
  sabotage: (nth: number, answer: () => Promise<Response>) => Promise<Response> = (_, answer) => answer(),
): Promise<IngestServer> {
  const seen: IngestServer["seen"] = [];
  let count = 0;
  const server = createServer(async (incoming, outgoing) => {
    const request = toRequest(incoming);
    const path = new URL(request.url).pathname;
    const params = Promise.resolve({ method: path.split("/").at(-1)! });
    const handle = async () =>
      request.method === "OPTIONS" ? route.OPTIONS(request) : route.POST(request, { params });
    const response = await sabotage(++count, handle);
    seen.push({ path, status: response.status, retry: request.headers.get("x-retry-count") });
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function toRequest(incoming: IncomingMessage): Request {
  const url = `http://${incoming.headers.host}${incoming.url}`;
  const headers = new Headers(incoming.headers as Record<string, string>);
  const body = incoming.method === "POST" ? (Readable.toWeb(incoming) as ReadableStream) : undefined;
  return new Request(url, { method: incoming.method, headers, body, duplex: "half" } as RequestInit);
}
