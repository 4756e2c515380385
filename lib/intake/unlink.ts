/**
 * Which customers an undone import leaves behind, decided in memory from the ids and merges of one neighbourhood
 * (everybody who now shares a customer). Pure; retract.ts reads before and writes after.
 */
export interface HeldId {
  kind: string;
  value: string;
  customerId: number;
  /** The customer it first stood for. */
  homeId: number;
  broughtBy: number | null;
  joinedBy: number | null;
  usedSince: boolean;
}

/** A customer as merges left it. */
export interface MergedNode {
  customerId: number;
  mergedInto: number | null;
  mergedBy: number | null;
  tiedTo: readonly number[];
}

export interface Unlinked {
  /** Ids nobody but the import has named. */
  gone: HeldId[];
  /** Merges that are taken back. */
  parted: number[];
  /** Where what came in under a home belongs now. */
  rootOf(homeId: number): number;
}

/** True where the import alone stands behind the id: it brought it or moved it, and no other source has named it since. */
const restsOn = (id: HeldId, importId: number): boolean =>
  !id.usedSince && (id.joinedBy ?? id.broughtBy) === importId;

/**
 * Takes an import out of a neighbourhood. Ids it brought and nobody else used go. A merge it caused is taken back when
 * everything below it still rests on the import and no decision about other ids was tied to it; else it stays.
 */
export function unlink(ids: readonly HeldId[], nodes: readonly MergedNode[], importId: number): Unlinked {
  const byId = new Map(nodes.map((node) => [node.customerId, node]));
  const above = (start: number): MergedNode[] => {
    const chain: MergedNode[] = [];
    for (
      let node = byId.get(start);
      node;
      node = node.mergedInto === null ? undefined : byId.get(node.mergedInto)
    )
      chain.push(node);
    return chain;
  };
  const isTied = (node: MergedNode) => node.tiedTo.includes(importId);
  const chains = new Map(ids.map((id) => [id.homeId, above(id.homeId)]));
  const parted = nodes.filter((node) => {
    if (node.mergedBy !== importId || above(node.customerId).some(isTied)) return false;
    const below = ids.filter((id) => chains.get(id.homeId)!.includes(node));
    return below.every((id) => restsOn(id, importId));
  });
  const cut = new Set(parted.map((node) => node.customerId));
  const rootOf = (homeId: number) => {
    const chain = chains.get(homeId) ?? above(homeId);
    return (chain.find((node) => cut.has(node.customerId)) ?? chain.at(-1))?.customerId ?? homeId;
  };
  const gone = ids.filter((id) => id.broughtBy === importId && !id.usedSince);
  return { gone, parted: [...cut], rootOf };
}
