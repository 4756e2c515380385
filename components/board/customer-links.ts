import type { Day } from "@/lib/platform/day";
import { APPEARED, customersSearch } from "@/lib/stages/customers-filter";

/** Where the numbers of a workspace's board lead. */
export const customersHref = (slug: string, filter: Parameters<typeof customersSearch>[0]): string =>
  `/w/${slug}/customers?${customersSearch(filter)}`;

/** Customers of `to` (null: any stage) who were in `from` (null: not there yet) at the end of the earlier day. */
export const flowHref = (
  slug: string,
  p: { previousOn: Day; asOf: Day; from: string | null; to: string | null },
): string =>
  customersHref(slug, {
    stage: p.to ?? undefined,
    asOf: p.asOf,
    since: p.previousOn,
    fromStage: p.from ?? APPEARED,
  });
