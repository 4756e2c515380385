import { spawn } from "node:child_process";

/**
 * Runs a shell script ($0, $1 … are `args`) when this process is gone, however it went: the shell waits for the other
 * end of a pipe to close. `cancel()` once there is nothing left to do.
 */
export function afterDeath(script, args = []) {
  const keeper = spawn("/bin/sh", ["-c", `read -r _\n${script}`, ...args], {
    detached: true,
    cwd: "/",
    stdio: ["pipe", "ignore", "ignore"],
  });
  keeper.on("error", () => {});
  keeper.stdin.on("error", () => {});
  keeper.unref();
  keeper.stdin.unref();
  return { cancel: () => keeper.kill("SIGKILL") };
}
