import path from "node:path";
import { defineConfig } from "@playwright/test";
import { freePort } from "../scripts/services/ports.mjs";

const counts = process.env.PERENNIAL_PLAYWRIGHT_JSON;

// Chosen here, because addresses are settled before the global setup runs; the workers inherit it.
process.env.BASE_URL ??= `http://127.0.0.1:${await freePort()}`;

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: path.resolve(import.meta.dirname, "../test-results"),
  globalSetup: path.resolve(import.meta.dirname, "support/e2e-setup.ts"),
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // npm test reads the counts from a file; people read the terminal.
  reporter: counts ? [["line"], ["json", { outputFile: counts }]] : [["line"]],
  use: {
    baseURL: process.env.BASE_URL,
    timezoneId: "Asia/Kathmandu",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
    },
  },
});
