import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const LONGEST = 350;

/** What each top folder may import from; `scripts` and `tests` stand outside the product and may reach into it. */
const MAY_IMPORT: Record<string, string[]> = {
  app: ["app", "components", "lib"],
  components: ["components", "lib"],
  lib: ["lib", "prisma"],
  workers: ["workers", "lib"],
  scripts: ["scripts", "lib", "prisma", "tests/fixtures"],
};

/** Where the environment may be read: its parser, the logger (which must work before it), and what next-auth itself reads. */
const READS_ENVIRONMENT = [
  "lib/platform/env.ts",
  "lib/platform/log.ts",
  "app/api/auth/[...nextauth]/route.ts",
];

interface Source {
  file: string;
  text: string;
  /** Project files it imports, as paths from the root, without an extension if the import has none. */
  imports: string[];
}

const IMPORT = /(?:\bfrom\s+|\bimport\s*\(\s*|\bimport\s+)["']([^"']+)["']/g;

function importsOf(file: string, text: string): string[] {
  return [...text.matchAll(IMPORT)].flatMap(([, specifier = ""]) => {
    if (specifier.startsWith("@/")) return [specifier.slice(2)];
    if (specifier.startsWith(".")) return [path.join(path.dirname(file), specifier)];
    return [];
  });
}

function sourcesOf(folder: string): Source[] {
  if (!existsSync(path.join(ROOT, folder))) return [];
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .map((name) => path.join(folder, name))
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file))
    .sort()
    .map((file) => {
      const text = readFileSync(path.join(ROOT, file), "utf8");
      return { file, text, imports: importsOf(file, text) };
    });
}

const product = ["app", "components", "lib", "workers"].flatMap(sourcesOf);
const everything = [...product, ...sourcesOf("scripts"), ...sourcesOf("tests")];

const isBelow = (file: string, folder: string) => file === folder || file.startsWith(`${folder}/`);

describe("the structure", () => {
  it("sees the product", () => {
    expect(product.length).toBeGreaterThan(50);
    expect(
      importsOf("lib/a/b.ts", `import x from "../c/d";\nexport { y } from "@/lib/e"; await import("./f")`),
    ).toEqual(["lib/c/d", "lib/e", "lib/a/f"]);
  });

  it("imports in one direction: app → components → lib ← workers", () => {
    const backwards = everything.flatMap(({ file, imports }) => {
      const allowed = MAY_IMPORT[file.split("/")[0] ?? ""];
      if (!allowed) return [];
      return imports
        .filter((target) => !allowed.some((folder) => isBelow(target, folder)))
        .map((target) => `${file} → ${target}`);
    });
    expect(backwards).toEqual([]);
  });

  it("keeps the statements of a room to the room", () => {
    const reaching = product.flatMap(({ file, imports }) =>
      imports
        .filter((target) => {
          const room = /^(lib\/[^/]+)\/sql\//.exec(target)?.[1];
          return room && !isBelow(file, room);
        })
        .map((target) => `${file} → ${target}`),
    );
    expect(reaching).toEqual([]);
  });

  it("writes through route handlers, not server actions", () => {
    expect(
      product.filter(({ text }) => /^\s*["']use server["']/m.test(text)).map(({ file }) => file),
    ).toEqual([]);
  });

  it("reads the environment in one place", () => {
    const readers = product.filter(({ text }) => text.includes("process.env"));
    const others = readers.map(({ file }) => file).filter((file) => !READS_ENVIRONMENT.includes(file));
    expect(others).toEqual([]);
  });

  it("has files of one idea each", () => {
    // Tests are tables of cases: as long as there are cases.
    const long = everything
      .filter(({ file }) => !isBelow(file, "tests"))
      .map(({ file, text }) => ({ file, lines: text.trimEnd().split("\n").length }))
      .filter(({ lines }) => lines > LONGEST)
      .map(({ file, lines }) => `${file}: ${lines} lines`);
    expect(long).toEqual([]);
  });

  it("names files in kebab case, by what they do", () => {
    const segment = /^(\(?[a-z0-9]+(-[a-z0-9]+)*\)?|\[{1,2}(\.\.\.)?[a-zA-Z]+\]{1,2})(\.[a-z0-9]+)*$/;
    const misnamed = everything
      .map(({ file }) => file)
      .filter((file) => !file.split("/").every((part) => segment.test(part)));
    const vague = /\/(utils?|helpers?|misc|common|types|index)\.(ts|tsx|mjs)$/;
    expect([...misnamed, ...everything.map(({ file }) => file).filter((file) => vague.test(file))]).toEqual(
      [],
    );
  });
});
