"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { ResponsiveContainer, Sankey, type SankeyLinkProps, type SankeyNodeProps } from "recharts";
import type { StageView } from "@/components/stages/stage-view";
import type { Day } from "@/lib/platform/day";
import { formatCount, formatShort } from "@/lib/platform/i18n/format";
import { customersHref, flowHref } from "./customer-links";
import { type FlowCell, type FlowNode, flowGraph } from "./flow";

const NODE_WIDTH = 8;
const LABEL_WIDTH = 104;
const APPEARED_COLOR = "var(--line-strong)";

type Placed = FlowNode & { name: string };

/** State before the period → state at its end. Links and nodes open their customers; the matrix beside it says the same. */
export function FlowSankey({
  slug,
  previousOn,
  asOf,
  flow,
  stages,
  label,
}: {
  slug: string;
  previousOn: Day;
  asOf: Day;
  flow: readonly FlowCell[];
  stages: readonly StageView[];
  label: string;
}) {
  const t = useTranslations("board");
  const locale = useLocale();
  const router = useRouter();
  const [lit, setLit] = useState<number | null>(null);
  const graph = flowGraph(flow, stages);
  const nameOf = (stage: StageView | null) => stage?.name ?? t("appeared");
  const data = {
    nodes: graph.nodes.map((node): Placed => ({ ...node, name: nameOf(node.stage) })),
    links: graph.links,
  };

  function node({ x, y, width, height, payload }: SankeyNodeProps) {
    const { side, stage, customers, name } = payload as unknown as Placed;
    const left = side === "from";
    const href = left
      ? stage
        ? customersHref(slug, { stage: stage.key, asOf: previousOn })
        : flowHref(slug, { previousOn, asOf, from: null, to: null })
      : customersHref(slug, { stage: stage?.key, asOf });
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: the matrix is the keyboard's way
      <g className="cursor-pointer" onClick={() => router.push(href)}>
        <rect
          x={x}
          y={y}
          width={width}
          height={Math.max(height, 1)}
          rx={1.5}
          fill={stage?.color ?? APPEARED_COLOR}
        />
        <text
          x={left ? x - 6 : x + width + 6}
          y={y + height / 2}
          dy="0.35em"
          textAnchor={left ? "end" : "start"}
          fontSize={12}
          fill="var(--ink)"
        >
          {name}
          <tspan fill="var(--ink-3)" className="num">
            {" "}
            {formatShort(customers, locale)}
          </tspan>
        </text>
      </g>
    );
  }

  function link(props: SankeyLinkProps) {
    const { sourceX, targetX, sourceY, targetY, sourceControlX, targetControlX, linkWidth, index, payload } =
      props;
    const source = payload.source as unknown as Placed;
    const target = payload.target as unknown as Placed;
    const from = source.stage?.key ?? null;
    const href = flowHref(slug, { previousOn, asOf, from, to: target.stage?.key ?? null });
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: the matrix is the keyboard's way
      <path
        data-testid="flow-link"
        d={`M${sourceX},${sourceY} C${sourceControlX},${sourceY} ${targetControlX},${targetY} ${targetX},${targetY}`}
        fill="none"
        stroke={target.stage?.color ?? APPEARED_COLOR}
        strokeWidth={Math.max(linkWidth, 1)}
        strokeOpacity={lit === null ? 0.4 : lit === index ? 0.75 : 0.15}
        className="cursor-pointer"
        onMouseEnter={() => setLit(index)}
        onMouseLeave={() => setLit(null)}
        onClick={() => router.push(href)}
      >
        <title>
          {t("flowCell", {
            from: source.name,
            to: target.name,
            count: formatCount(payload.value, locale),
          })}
        </title>
      </path>
    );
  }

  return (
    <div role="img" aria-label={label} className="h-80 w-full">
      <ResponsiveContainer width="100%" height="100%">
        <Sankey
          data={data}
          node={node}
          link={link}
          nodeWidth={NODE_WIDTH}
          nodePadding={14}
          iterations={0}
          sort={false}
          margin={{ top: 8, bottom: 8, left: LABEL_WIDTH, right: LABEL_WIDTH }}
        />
      </ResponsiveContainer>
    </div>
  );
}
