import type { TestProject } from "vitest/node";
import { migrate } from "@/scripts/services/migrate.mjs";
import { throwAwayPostgres } from "@/scripts/services/throw-away.mjs";
import { TEMPLATE, withAdmin, withDatabase } from "./cluster";

declare module "vitest" {
  export interface ProvidedContext {
    postgresUrl: string;
  }
}

/** One throw-away cluster for the whole run, with a migrated database every test database is a copy of. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await throwAwayPostgres("test");
  try {
    await withAdmin(server.url, (admin) => admin.query(`CREATE DATABASE ${TEMPLATE}`));
    await migrate(withDatabase(server.url, TEMPLATE));
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide("postgresUrl", server.url);
  return () => server.stop();
}
