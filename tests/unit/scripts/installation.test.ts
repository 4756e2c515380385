import { describe, expect, it } from "vitest";
import { checkNode, missingPackages } from "@/scripts/services/installation.mjs";

const lockfile = {
  packages: {
    "": { version: "0.1.0" },
    "node_modules/a": { version: "1.0.0" },
    "node_modules/a/node_modules/b": { version: "2.0.0", dev: true },
    "node_modules/only-elsewhere": { version: "3.0.0", optional: true },
  },
};

const installed = (packages: Record<string, { version: string }>) => ({ packages });

describe("what npm start finds installed", () => {
  it.each([
    ["nothing", undefined, ["node_modules/a", "node_modules/a/node_modules/b"]],
    [
      "another version",
      { "node_modules/a": { version: "0.9.0" }, "node_modules/a/node_modules/b": { version: "2.0.0" } },
      ["node_modules/a"],
    ],
    [
      "another version of an optional package",
      {
        "node_modules/a": { version: "1.0.0" },
        "node_modules/a/node_modules/b": { version: "2.0.0" },
        "node_modules/only-elsewhere": { version: "1.0.0" },
      },
      ["node_modules/only-elsewhere"],
    ],
    [
      "everything this system needs",
      { "node_modules/a": { version: "1.0.0" }, "node_modules/a/node_modules/b": { version: "2.0.0" } },
      [],
    ],
  ])("%s", (_, packages, missing) => {
    expect(missingPackages(lockfile, packages && installed(packages))).toEqual(missing);
  });
});

describe("the Node it needs", () => {
  it.each(["20.19.0", "20.20.2", "22.0.0", "24.1.0"])("runs on %s", (version) => {
    expect(() => checkNode(version)).not.toThrow();
  });

  it.each(["18.20.0", "20.18.3"])("names the way out on %s", (version) => {
    expect(() => checkNode(version)).toThrow(`Node 20.19 or newer is needed, this is ${version}`);
  });
});
