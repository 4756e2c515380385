import { createServer, type Server } from "node:net";
import { afterEach, expect, it } from "vitest";
import { freePort, nextFreePort } from "@/scripts/services/ports.mjs";

const servers: Server[] = [];

const occupy = (port: number, host: string) =>
  new Promise<void>((resolve, reject) => {
    const server = createServer();
    servers.push(server);
    server.once("error", reject).listen(port, host, resolve);
  });

afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

it.each(["127.0.0.1", "0.0.0.0"])("steps around a port someone listens on at %s", async (host) => {
  const port = await freePort();
  await occupy(port, host);
  expect(await nextFreePort(port)).toBeGreaterThan(port);
});

it("takes the wanted port when it is free", async () => {
  const port = await freePort();
  expect(await nextFreePort(port)).toBe(port);
});
