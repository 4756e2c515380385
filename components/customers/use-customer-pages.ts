"use client";

import { useCallback, useRef, useState } from "react";
import { getJson } from "@/components/ui/api";
import type { CustomerInStage } from "@/lib/stages/customers-in-stage";

interface Page {
  customers: CustomerInStage[];
  next: number | null;
}

/** Rows of the list as far as they are fetched; `loadMore` continues after the last one, one request at a time. */
export function useCustomerPages(p: {
  slug: string;
  search: string;
  first: CustomerInStage[];
  pageSize: number;
}) {
  const [rows, setRows] = useState(p.first);
  const [complete, setComplete] = useState(p.first.length < p.pageSize);
  const [failure, setFailure] = useState<string | null>(null);
  const asking = useRef(false);
  const after = rows.at(-1)?.customerId;

  const loadMore = useCallback(async () => {
    if (asking.current || after === undefined) return;
    asking.current = true;
    const answer = await getJson(
      `/api/workspaces/${p.slug}/customers?${p.search}&after=${after}&limit=${p.pageSize}`,
    );
    asking.current = false;
    if (!answer.ok) return setFailure(answer.message);
    const page = answer.body as Page; // our own route's answer, same deployment
    setFailure(null);
    setRows((known) => [...known, ...page.customers]);
    setComplete(page.next === null);
  }, [after, p.slug, p.search, p.pageSize]);

  return { rows, complete, failure, loadMore };
}
