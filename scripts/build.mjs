// What an image needs beside its dependencies: the database client and the built console. npm start does the same by itself.
import { buildConsole, checkNode, generateClient } from "./services/installation.mjs";
import { describeProblem, step } from "./services/steps.mjs";

try {
  checkNode();
  await step("Database client", async () => ((await generateClient()) ? "generated" : "there"));
  await step("Console", async (progress) => ((await buildConsole(progress)) ? "built" : "there"));
} catch (error) {
  console.error(describeProblem(error));
  process.exit(1);
}
