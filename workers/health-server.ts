import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** One thing readiness depends on: what is wrong, or null. */
export type Check = () => Promise<string | null>;

export interface HealthServer {
  port: number;
  close(): Promise<void>;
}

/**
 * GET /healthz: the process answers. GET /readyz: every check passes, else 503 with the reasons by name. Listens on
 * `port`, or on a free one.
 */
export async function startHealthServer(
  port: number | undefined,
  checks: Record<string, Check>,
): Promise<HealthServer> {
  const server = createServer(async (request, response) => {
    const path = request.url?.split("?")[0];
    const answer = (status: number, body: unknown) =>
      response
        .writeHead(status, { "content-type": "application/json", "cache-control": "no-store" })
        .end(JSON.stringify(body));
    if (path === "/healthz") return answer(200, { alive: true });
    if (path !== "/readyz") return answer(404, { error: "Only /healthz and /readyz are here" });
    const problems = await failing(checks);
    answer(Object.keys(problems).length === 0 ? 200 : 503, {
      ready: Object.keys(problems).length === 0,
      problems,
    });
  });
  await listen(server, port ?? 0);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function failing(checks: Record<string, Check>): Promise<Record<string, string>> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const problem = await check().catch((error: Error) => error.message || String(error));
      return [name, problem] as const;
    }),
  );
  return Object.fromEntries(results.filter((result): result is [string, string] => result[1] !== null));
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, resolve);
  });
