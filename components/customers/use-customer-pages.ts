"use client";

import { useCallback, useRef, useState } from "react";
import { getJson } from "@/components/ui/api";
import type { ListedCustomer } from "@/lib/customers/list-schema";

/** The most rows the API gives in one page. */
const MOST_AT_ONCE = 500;

export interface CustomersPage {
  customers: ListedCustomer[];
  next: string | null;
}

/** Rows of the list as far as they are fetched; `loadMore` continues after the last one, one request at a time. */
export function useCustomerPages(p: {
  slug: string;
  search: string;
  first: CustomersPage;
  pageSize: number;
}) {
  const [rows, setRows] = useState(p.first.customers);
  const [next, setNext] = useState(p.first.next);
  const [failure, setFailure] = useState<string | null>(null);
  const asking = useRef(false);

  const loadMore = useCallback(async () => {
    if (asking.current || next === null) return;
    asking.current = true;
    const search = new URLSearchParams(p.search);
    search.set("after", next);
    search.set("limit", String(p.pageSize));
    const answer = await getJson(`/api/workspaces/${p.slug}/customers?${search}`);
    asking.current = false;
    if (!answer.ok) return setFailure(answer.message);
    const page = answer.body as CustomersPage; // our own route's answer, same deployment
    setFailure(null);
    setRows((known) => [...known, ...page.customers]);
    setNext(page.next);
  }, [next, p.slug, p.search, p.pageSize]);

  /** Reads the shown rows again, after an act changed some: as many as one page may have, so that nobody loses their place. */
  const reload = useCallback(async () => {
    const limit = Math.min(MOST_AT_ONCE, Math.max(p.pageSize, rows.length));
    const search = new URLSearchParams(p.search);
    search.set("limit", String(limit));
    const answer = await getJson(`/api/workspaces/${p.slug}/customers?${search}`);
    if (!answer.ok) return setFailure(answer.message);
    const page = answer.body as CustomersPage;
    setFailure(null);
    setRows(page.customers);
    setNext(page.next);
  }, [p.slug, p.search, p.pageSize, rows.length]);

  return { rows, complete: next === null, failure, loadMore, reload };
}
