import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** The project folder. */
export const ROOT = path.resolve(import.meta.dirname, "../..");

/** What this machine keeps between starts: data, secrets, logs, tools. Never committed. */
export const STATE = path.join(ROOT, ".perennial");
export const POSTGRES_DATA = path.join(STATE, "postgres");
export const REDIS_DATA = path.join(STATE, "redis");
export const TOOLS = path.join(STATE, "tools");
export const LOGS = path.join(STATE, "logs");

const fileOf = (name) => path.join(STATE, `${name}.json`);

/** The noted value, or null when there is none or it can't be read. */
export function readNote(name) {
  try {
    return JSON.parse(readFileSync(fileOf(name), "utf8"));
  } catch {
    return null;
  }
}

/** Notes a value for later starts, readable by the owner alone. */
export function writeNote(name, value) {
  mkdirSync(STATE, { recursive: true });
  const fresh = `${fileOf(name)}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(fresh, fileOf(name));
}

export const removeNote = (name) => rmSync(fileOf(name), { force: true });

/** The key sessions are signed with: made once, so that people stay signed in over a restart. */
export function sessionSecret() {
  if (process.env.NEXTAUTH_SECRET) return process.env.NEXTAUTH_SECRET;
  const noted = readNote("secrets");
  if (noted?.sessionSecret) return noted.sessionSecret;
  const made = randomBytes(32).toString("base64url");
  writeNote("secrets", { ...noted, sessionSecret: made });
  return made;
}

/** One number for the contents of files, in the order given; missing files count as such. */
export function digest(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    hash.update(`${path.relative(ROOT, file)}\0`);
    if (existsSync(file)) hash.update(readFileSync(file));
    hash.update("\0");
  }
  return hash.digest("hex");
}

/** The start time the system notes for a process: with its pid it names one process for ever. Null when it is gone. */
export function processStart(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? null : fields[19];
  } catch {
    return null;
  }
}

/** What the `npm start` of this folder that runs now noted: pid, url, workerUrl, redisUrl; null when none runs. */
export function runningProduct() {
  const noted = readNote("running");
  return noted?.start && processStart(noted.pid) === noted.start ? noted : null;
}
