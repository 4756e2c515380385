import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";

const lock = z
  .object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) })
  .parse(JSON.parse(readFileSync(path.resolve(import.meta.dirname, "../../../package-lock.json"), "utf8")));

/** Every version of a package that is installed, wherever another package brings its own. */
const versionsOf = (name: string): string[] =>
  Object.entries(lock.packages).flatMap(([at, { version }]) =>
    version && (at === `node_modules/${name}` || at.endsWith(`/node_modules/${name}`)) ? [version] : [],
  );

/** -1, 0 or 1, by major, minor and patch; a pre-release counts as below its release. */
function compare(a: string, b: string): number {
  const parts = (version: string) => [
    ...version.split("-")[0]!.split(".").map(Number),
    version.includes("-") ? 0 : 1,
  ];
  const [left, right] = [parts(a), parts(b)];
  const at = left.findIndex((part, i) => part !== right[i]);
  return at < 0 ? 0 : Math.sign(left[at]! - (right[at] ?? 0));
}

/** Below these, packages have known holes; what each one is stands in docs/security.md. */
const floors: [name: string, floor: string][] = [
  ["next", "16.4.6"],
  ["react", "19.3.0"],
  ["react-dom", "19.3.0"],
  ["next-auth", "4.24.15"],
  ["zod", "4.6.7"],
  ["prisma", "7.10.0"],
  ["@prisma/client", "7.10.0"],
  ["@prisma/adapter-pg", "7.10.0"],
  ["bullmq", "6.7.0"],
];
/** The same of packages that are not here yet. */
const floorsWhenPresent: [name: string, floor: string][] = [
  ["nodemailer", "10.6.0"],
  ["liquidjs", "10.30.1"],
  ["better-auth", "1.7.16"],
];

test.each(floors)("%s is %s or newer", (name, floor) => {
  expect(versionsOf(name).length).toBeGreaterThan(0);
  expect(versionsOf(name).filter((version) => compare(version, floor) < 0)).toEqual([]);
});

test.each(floorsWhenPresent)("%s, if it is there, is %s or newer", (name, floor) => {
  expect(versionsOf(name).filter((version) => compare(version, floor) < 0)).toEqual([]);
});

test.each([
  ["16.4.6", "16.4.6", 0],
  ["16.4.10", "16.4.6", 1],
  ["16.4.6-canary.3", "16.4.6", -1],
  ["15.9.9", "16.0.0", -1],
  ["17.0.0", "16.4.6", 1],
])("%s against %s is %i", (a, b, expected) => {
  expect(compare(a, b)).toBe(expected);
});
