import fc from "fast-check";
import { expect, test } from "vitest";
import { type FlowCell, flowGraph, transitionMatrix } from "@/components/board/flow";

const keys = ["trial", "growth", "stable", "churned"];
const stages = keys.map((key) => ({ key, name: key, color: "#000000", icon: "moon" }));

const flows: fc.Arbitrary<FlowCell[]> = fc
  .dictionary(
    fc.tuple(fc.constantFrom("", ...keys), fc.constantFrom(...keys)).map((pair) => pair.join(">")),
    fc.integer({ min: 1, max: 5_000 }),
  )
  .map((cells) =>
    Object.entries(cells).map(([pair, customers]) => {
      const [from = "", to = ""] = pair.split(">");
      return { from: from || null, to, customers };
    }),
  );

const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);

test("the matrix counts everybody once, by rows and by columns", () => {
  fc.assert(
    fc.property(flows, (flow) => {
      const { rows, totals, total } = transitionMatrix(flow, stages);
      expect(total).toBe(sum(flow.map((cell) => cell.customers)));
      expect(sum(rows.map((row) => row.total))).toBe(total);
      for (const [i, { key }] of stages.entries())
        expect(totals[i]).toBe(sum(flow.filter((cell) => cell.to === key).map((cell) => cell.customers)));
    }),
  );
});

test("the graph carries the same numbers and only runs from left to right", () => {
  fc.assert(
    fc.property(flows, (flow) => {
      const { nodes, links } = flowGraph(flow, stages);
      expect(sum(links.map((link) => link.value))).toBe(transitionMatrix(flow, stages).total);
      for (const { source, target } of links) {
        expect(nodes[source]?.side).toBe("from");
        expect(nodes[target]?.side).toBe("to");
      }
      for (const [index, node] of nodes.entries()) {
        const own = links.filter((link) => (node.side === "from" ? link.source : link.target) === index);
        expect(sum(own.map((link) => link.value))).toBe(node.customers);
      }
    }),
  );
});

test("who appeared stands first, and rows nobody was in are left out", () => {
  const { rows } = transitionMatrix(
    [
      { from: "growth", to: "churned", customers: 2 },
      { from: null, to: "trial", customers: 3 },
    ],
    stages,
  );
  expect(rows.map((row) => row.from?.key ?? null)).toEqual([null, "growth"]);
});
