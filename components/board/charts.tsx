"use client";

import dynamic from "next/dynamic";

// The chart library is half the page's script: it arrives after the numbers, into a place of its own size.
export const FlowSankey = dynamic(() => import("./flow-sankey").then((m) => m.FlowSankey), {
  ssr: false,
  loading: () => <div className="skeleton h-80 w-full" />,
});

export const TrendChart = dynamic(() => import("./trend-chart").then((m) => m.TrendChart), {
  ssr: false,
  loading: () => <div className="skeleton h-83 w-full" />,
});
