// Brings the database of DATABASE_URL up to date: the one-shot service of docker-compose.yml. npm start does it by itself.
import { migrate } from "./services/migrate.mjs";
import { describeProblem, step } from "./services/steps.mjs";

try {
  if (!process.env.DATABASE_URL) throw new Error("DATABASE_URL is not set: name the database to migrate");
  await step("Migrations", async () => `${(await migrate(process.env.DATABASE_URL)).length} applied`);
} catch (error) {
  console.error(describeProblem(error));
  process.exit(1);
}
