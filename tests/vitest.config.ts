import path from "node:path";
import { defineConfig } from "vitest/config";

const root = path.resolve(import.meta.dirname, "..");

/** A zone nobody assumes: code that forgets which zone it works in fails here. */
const env = { TZ: "Asia/Kathmandu", LOG_LEVEL: "silent" };
const counts = process.env.PERENNIAL_VITEST_JSON;
const resolve = { alias: { "@": root } };

export default defineConfig({
  root,
  test: {
    // npm test reads the counts from a file; people read the terminal.
    reporters: counts ? ["default", ["json", { outputFile: counts }]] : ["default"],
    projects: [
      {
        root,
        resolve,
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.ts", "tests/unit/**/*.test.tsx"],
          env,
          testTimeout: 30_000,
        },
      },
      {
        root,
        resolve,
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          globalSetup: [path.join(root, "tests/support/global-setup.ts")],
          env,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
