// npm run bench: how the engine compares with bare floors measured in the same run, on a throw-away Postgres (docs/benchmark.md).
import { existsSync } from "node:fs";
import path from "node:path";
import { PROGRAMS, run, stopCommands } from "./services/commands.mjs";
import { migrate } from "./services/migrate.mjs";
import { startPostgres } from "./services/postgres.mjs";
import { ROOT } from "./services/state.mjs";
import { describeProblem } from "./services/steps.mjs";
import { throwAwayFolder } from "./services/throw-away.mjs";

/** Durable as in production; nothing in the background may write while a figure is taken. */
const settings = (args) => [
  `shared_buffers=${args.includes("--large") ? "2GB" : "768MB"}`,
  "max_wal_size=16GB",
  "checkpoint_timeout=1h",
  "autovacuum=off", // the benchmark vacuums between the figures
];

async function main(args) {
  if (!existsSync(path.join(ROOT, "node_modules/tsx")))
    throw new Error(
      "The dependencies are not installed yet: run npm start (or npm ci --ignore-scripts) first",
    );
  const place = throwAwayFolder("bench");
  let server;
  try {
    server = await startPostgres({
      dataDir: path.join(place.folder, "postgres"),
      durable: true,
      settings: settings(args),
    });
    await migrate(server.url);
    const { code } = await run(process.execPath, [...PROGRAMS.tsx, "scripts/bench/main.ts", ...args], {
      env: { DATABASE_URL: server.url, LOG_LEVEL: "error" },
      onLine: (line) => console.log(line),
    });
    return code;
  } finally {
    await server?.stop();
    place.remove();
  }
}

for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => stopCommands());

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    console.error(describeProblem(error));
    process.exit(1);
  },
);
