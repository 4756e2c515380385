import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PROGRAMS, run, runNode, tail } from "./commands.mjs";
import { digest, ROOT } from "./state.mjs";

const at = (...parts) => path.join(ROOT, ...parts);
const OLDEST_NODE = [20, 19];

/** Refuses a Node too old for the product. */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new Error(
    `Node ${OLDEST_NODE.join(".")} or newer is needed, this is ${version}; see https://nodejs.org`,
  );
}

/** Package folders of the lockfile that node_modules lacks or has in another version; optional ones may be absent. */
export function missingPackages(lockfile, installed) {
  return Object.entries(lockfile.packages).flatMap(([folder, wanted]) => {
    const isRoot = folder === "";
    const found = installed?.packages[folder];
    const isFine =
      isRoot ||
      wanted.link ||
      (found ? found.version === wanted.version : wanted.optional || wanted.devOptional);
    return isFine ? [] : [folder];
  });
}

const readJson = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined);

/** Installs the locked dependencies unless they are there. Answers true when it had to. */
export async function installDependencies(progress) {
  const lockfile = readJson(at("package-lock.json"));
  if (missingPackages(lockfile, readJson(at("node_modules/.package-lock.json"))).length === 0) return false;
  const folders = Object.keys(lockfile.packages).filter(
    (folder) => folder && !lockfile.packages[folder].optional,
  );
  const timer = setInterval(() => {
    const done = folders.filter((folder) => existsSync(at(folder))).length;
    progress(`${done} of ${folders.length} packages`);
  }, 2_000);
  // Install scripts are not run: nothing we need has one, and Prisma's would try a download.
  const args = ["ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const { code, output } = await run("npm", args).finally(() => clearInterval(timer));
  if (code !== 0) throw new Error(`npm ci failed:\n${tail(output)}`);
  return true;
}

/** Generates the Prisma client unless the one there was made from this schema. Answers true when it had to. */
export async function generateClient() {
  const made = digest([
    at("prisma/schema.prisma"),
    at("prisma.config.ts"),
    at("node_modules/prisma/package.json"),
  ]);
  const stamp = at("prisma/generated/.made-from");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === made) return false;
  chmodSync(at("scripts/schema-engine.mjs"), 0o755);
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: at("scripts/schema-engine.mjs"), CHECKPOINT_DISABLE: "1" };
  const { code, output } = await runNode(PROGRAMS.prisma, ["generate"], { env });
  if (code !== 0) throw new Error(`prisma generate failed:\n${tail(output)}`);
  writeFileSync(stamp, made);
  return true;
}

const BUILT_FROM = ["app", "components", "lib", "public"];
const CONFIGURATION = [
  "next.config.ts",
  "package-lock.json",
  "postcss.config.mjs",
  "prisma/schema.prisma",
  "proxy.ts",
  "tsconfig.json",
];

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile())
    .sort();
}

/** What the console is built from, as one number. */
export function buildDigest() {
  const sources = [
    ...CONFIGURATION.map((name) => at(name)),
    ...BUILT_FROM.flatMap((name) => filesBelow(at(name))),
  ];
  return digest(sources);
}

/** Builds the console unless the build there is of these sources. Answers true when it had to. */
export async function buildConsole(progress) {
  const made = buildDigest();
  const stamp = at(".next/made-from");
  if (existsSync(stamp) && existsSync(at(".next/BUILD_ID")) && readFileSync(stamp, "utf8") === made)
    return false;
  const env = { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };
  const onLine = (line) => {
    const phase = /(Creating|Compiled|Collecting|Generating|Finalizing)[^.(]*/.exec(line);
    if (phase) progress(phase[0].trim());
  };
  const { code, output } = await runNode(PROGRAMS.next, ["build"], { env, onLine });
  if (code !== 0) throw new Error(`next build failed:\n${tail(output, 40)}`);
  writeFileSync(stamp, buildDigest()); // the build may have completed tsconfig.json
  return true;
}
