import path from "node:path";
import { buildConsole } from "@/scripts/services/installation.mjs";
import { migrate } from "@/scripts/services/migrate.mjs";
import { startProduct } from "@/scripts/services/product.mjs";
import { ROOT } from "@/scripts/services/state.mjs";
import { throwAwayPostgres } from "@/scripts/services/throw-away.mjs";
import seed from "../e2e/seed";

/** The built product, as `npm start` runs it, on a seeded database of its own at BASE_URL. */
export default async function setup(): Promise<() => Promise<void>> {
  const { port } = new URL(process.env.BASE_URL ?? "");
  await buildConsole(() => {});
  const server = await throwAwayPostgres("e2e");
  try {
    await migrate(server.url);
    await seed(server.url);
    const product = await startProduct({
      databaseUrl: server.url,
      sessionSecret: "a secret of the browser tests, worth nothing",
      port: Number(port),
      logDir: path.join(ROOT, "test-results/logs"),
    });
    return async () => {
      await product.stop();
      await server.stop();
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
