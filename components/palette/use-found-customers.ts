"use client";

import { useEffect, useState } from "react";
import { z } from "zod";
import { getJson } from "@/components/ui/api";

const PAUSE_MS = 150;
const SHORTEST = 2;

const found = z.object({
  customers: z.array(
    z.object({ customerId: z.union([z.number(), z.string()]), displayKey: z.string(), stage: z.string() }),
  ),
});

export type FoundCustomer = z.infer<typeof found>["customers"][number];

/** Customers whose id is like what was typed, asked for when typing pauses; none while there is too little to go by. */
export function useFoundCustomers(slug: string, typed: string): FoundCustomer[] {
  const query = typed.trim();
  const [answer, setAnswer] = useState<{ query: string; customers: FoundCustomer[] } | null>(null);

  useEffect(() => {
    if (query.length < SHORTEST) return;
    const asking = new AbortController();
    const timer = setTimeout(async () => {
      const url = `/api/workspaces/${slug}/customers/search?q=${encodeURIComponent(query)}`;
      const got = await getJson(url, asking.signal);
      if (asking.signal.aborted) return;
      setAnswer({ query, customers: got.ok ? (found.safeParse(got.body).data?.customers ?? []) : [] });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [slug, query]);

  return answer && query.length >= SHORTEST && query.startsWith(answer.query) ? answer.customers : [];
}
