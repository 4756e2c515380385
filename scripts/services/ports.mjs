import { createServer } from "node:net";

/** True when nothing listens on `port` of `host` and this process may bind it. */
export const isFree = (port, host) =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });

/** A port of 127.0.0.1 that was free a moment ago. */
export const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** `wanted`, or the first free port after it (at most 100 further). */
export async function nextFreePort(wanted, host = "127.0.0.1") {
  for (let port = wanted; port <= Math.min(wanted + 100, 65_535); port++) {
    // A server on the wildcard address and one on loopback can share a port unseen: both must be free.
    if ((await isFree(port, host)) && (await isFree(port, "0.0.0.0"))) return port;
  }
  throw new Error(`No free port from ${wanted} on; set PORT to another number`);
}
