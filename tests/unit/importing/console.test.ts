import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Sha256 } from "@/components/imports/sha256";
import { openSteps, stepOf, wizardSteps } from "@/components/imports/wizard-view";
import { importStates } from "@/lib/importing/console/schema";
import { settingsFor } from "@/lib/importing/console/settings";
import { readTargets, targetFaults, targetsOf, withTargets } from "@/lib/importing/console/targets";
import { jsonColumns, jsonRows } from "@/lib/importing/json-lines";

describe("the hash of a file", () => {
  it("is SHA-256, in whatever pieces the file comes", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }), (pieces) => {
        const hash = new Sha256();
        for (const piece of pieces) hash.update(piece);
        expect(hash.hex()).toBe(createHash("sha256").update(Buffer.concat(pieces)).digest("hex"));
      }),
    );
  });
});

describe("columns and what they become", () => {
  const header = ["订单号", "会员号", "下单时间", "实付金额", "手机号", "城市", "items"];
  const rows = [{ line: 2, cells: ["1", "a", "03/04/2026", "1,234.50", "138", "杭州", "7"] }];

  it("are guessed from Chinese names, notations from the values", () => {
    const { content, mapping } = settingsFor("orders", header, rows);
    expect(readTargets({ content, mapping }, header)).toEqual([
      "orderId",
      "customerId",
      "occurredAt",
      "amount",
      "phone",
      "property",
      "property",
    ]);
    expect(mapping).toMatchObject({ numbers: "1,234.56", dateOrder: "dmy" });
  });

  it("survive being written down and read again, whatever is chosen", () => {
    const start = settingsFor("orders", header, rows);
    const choice = fc.shuffledSubarray(targetsOf("orders"), {
      minLength: header.length,
      maxLength: header.length,
    });
    fc.assert(
      fc.property(choice, (targets) => {
        expect(readTargets(withTargets(start, header, targets), header)).toEqual(targets);
      }),
    );
  });

  it("say what is missing and what is claimed twice; an anonymous id will do for a customer", () => {
    expect(targetFaults("orders", ["amount", "amount", "ignore", "ignore"])).toEqual({
      missing: ["customerId", "occurredAt"],
      twice: ["amount"],
    });
    expect(targetFaults("customers", ["anonymousId", "trait", "trait"])).toEqual({ missing: [], twice: [] });
  });

  it("keep a column with a name of our own apart", () => {
    const { mapping } = withTargets(settingsFor("orders", header, rows), header, [
      "orderId",
      "customerId",
      "occurredAt",
      "amount",
      "phone",
      "trait",
      "property",
    ]);
    expect(mapping.properties).toEqual({ "column.items": "items" });
  });
});

describe("the steps of the wizard", () => {
  it("land on an open one in every state", () => {
    for (const state of importStates)
      for (const format of [null, { encoding: "utf-8", delimiter: ",", header: ["a"] }]) {
        const record = { state, format, error: null } as never;
        expect(openSteps(record)).toContain(stepOf(record));
        expect(wizardSteps).toContain(stepOf(record));
      }
  });
});

describe("JSON lines", () => {
  async function* chunked(text: string, size: number) {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
  }

  it("give the same rows in whatever chunks they come; nested keys have a dot, lists stay JSON", async () => {
    const text = '{"a":1,"b":{"c":"x","d":null}}\r\n\n[1]\n{"e":[1,2],"a":"汉"}\n{"a":';
    for (const size of [1, 3, 1000]) {
      const header = await jsonColumns(chunked(text, size));
      expect(header).toEqual(["a", "b.c", "b.d", "e"]);
      const rows = [];
      for await (const batch of jsonRows(chunked(text, size), header)) rows.push(...batch);
      expect(rows.map((row) => [row.line, row.cells, "fault" in row])).toEqual([
        [1, ["1", "x", "", ""], false],
        [3, ["[1]"], true],
        [4, ["汉", "", "", "[1,2]"], false],
        [5, ['{"a":'], true],
      ]);
    }
  });

  it("a line of 100 MB costs itself and no memory", async () => {
    async function* long() {
      yield '{"a":1}\n{"a":"';
      for (let i = 0; i < 100; i++) yield "x".repeat(1_000_000);
      yield '"}\n{"a":2}\n';
    }
    const rows = [];
    for await (const batch of jsonRows(long(), ["a"])) rows.push(...batch);
    expect(rows.map((row) => [row.line, "fault" in row])).toEqual([
      [1, false],
      [2, true],
      [3, false],
    ]);
  });
});
