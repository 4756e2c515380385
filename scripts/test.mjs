// npm test: every check of the project on services of its own. Ends with the line "N passed, N failed".
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { ensureChromium } from "./services/chromium.mjs";
import { PROGRAMS, runNode, stopCommands, tail } from "./services/commands.mjs";
import { playwrightCounts, vitestCounts } from "./services/counts.mjs";
import { buildConsole, checkNode, generateClient, installDependencies } from "./services/installation.mjs";
import { ensureRedis } from "./services/redis.mjs";
import { ROOT, TOOLS } from "./services/state.mjs";
import { describeProblem, step } from "./services/steps.mjs";
import { throwAwayFolder } from "./services/throw-away.mjs";

const total = { passed: 0, failed: 0 };
let place;

/** Closes with the one line others read, and with a code that says the same. */
function finish() {
  place?.remove();
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    stopCommands(); // what they started ends with them, and the folder with us
    process.exit(130);
  });
}

/** Runs one step that counts by itself; a failure is shown, counted, and the next step has its turn. */
async function count(name, work) {
  try {
    const { passed, failed } = await step(name, async (progress) => {
      const counts = await work(progress);
      if (counts.failed > 0) throw Object.assign(new Error(counts.output), { counts });
      return { ...counts, note: counts.passed === 1 ? "" : `${counts.passed} passed` };
    });
    total.passed += passed;
    total.failed += failed;
  } catch (error) {
    total.passed += error.counts?.passed ?? 0;
    total.failed += error.counts?.failed ?? 1;
    console.error(`${describeProblem(error)}\n`);
  }
}

/** A check that is right or wrong as a whole. */
const check = (name, program, args, env) =>
  count(name, async () => {
    const { code, output } = await runNode(program, args, { env });
    return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, output: tail(output, 100) };
  });

/** A test run that writes its counts to a file; ending badly without a failed test counts as one. */
const suite = (name, program, args, { variable, read, env }) =>
  count(name, async (progress) => {
    const file = path.join(place.folder, `${name}.json`);
    const onLine = (line) => {
      const done = /(tests\/\S+\.(test|spec)\.tsx?).*/.exec(line);
      if (done) progress(done[0]);
    };
    const { code, output } = await runNode(program, args, { env: { ...env, [variable]: file }, onLine });
    const counts = existsSync(file) ? read(JSON.parse(readFileSync(file, "utf8"))) : { passed: 0, failed: 0 };
    const failed = counts.failed || (code === 0 && counts.passed > 0 ? 0 : 1);
    return { passed: counts.passed, failed, output: tail(output, 200) };
  });

async function prepare() {
  checkNode();
  place = throwAwayFolder("npm-test");
  await step("Dependencies", async (progress) =>
    (await installDependencies(progress)) ? "installed" : "there",
  );
  await step("Database client", async () => ((await generateClient()) ? "generated" : "there"));
  const PERENNIAL_REDIS_SERVER = await step("Redis", async (log) => ensureRedis({ toolsDir: TOOLS, log }));
  const CHROMIUM_PATH = await step("Chromium", (log) => ensureChromium({ toolsDir: TOOLS, log }));
  return {
    PERENNIAL_REDIS_SERVER,
    CHROMIUM_PATH,
    TMPDIR: place.folder, // whatever a test forgets goes with the folder
    DATABASE_URL: undefined, // a server of yours is not for tests
    REDIS_URL: undefined,
    NODE_ENV: undefined,
    NEXT_TELEMETRY_DISABLED: "1",
    NO_COLOR: "1",
    FORCE_COLOR: undefined,
  };
}

async function main() {
  const env = await prepare();
  await check("Format", PROGRAMS.biome, ["format", "."], env);
  await check("Lint", PROGRAMS.biome, ["lint", "--error-on-warnings", "."], env);
  await count("Build", async (progress) => {
    await buildConsole(progress);
    return { passed: 1, failed: 0 };
  });
  await check("Types", PROGRAMS.tsc, ["--noEmit"], env);
  const vitest = { variable: "PERENNIAL_VITEST_JSON", read: vitestCounts, env };
  const unit = ["run", "--config", "tests/vitest.config.ts", "--project"];
  await suite("Unit", PROGRAMS.vitest, [...unit, "unit"], vitest);
  await suite("Integration", PROGRAMS.vitest, [...unit, "integration"], vitest);
  const playwright = { variable: "PERENNIAL_PLAYWRIGHT_JSON", read: playwrightCounts, env };
  await suite(
    "End to end",
    PROGRAMS.playwright,
    ["test", "--config", "tests/playwright.config.ts"],
    playwright,
  );
  if (total.failed === 0) rmSync(path.join(ROOT, "test-results"), { recursive: true, force: true });
}

main()
  .catch((error) => {
    console.error(`\n${describeProblem(error)}`);
    total.failed += 1;
  })
  .then(finish);
