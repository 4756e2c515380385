/**
 * Who is who, decided in memory from the ids that events carry together. Pure: the database is read before and written
 * after (identity.ts). The rules, event by event in the order of acceptance:
 *
 * 1. The customer of an event is the owner of its user id; without one, the first known customer (one with a user id)
 *    among the owners of its external ids and its anonymous id, in that order; without one, the first owner; else a
 *    new customer.
 * 2. A user id nobody has goes to the first anonymous-only owner of the event's other ids: that customer becomes known.
 * 3. Ids nobody has attach to the customer. An anonymous-only owner of another id merges into it. Another known
 *    customer keeps its id: a shared device joins nobody.
 * 4. An alias says that previousId, as user id and as anonymous id, is the same customer as userId: both merge or
 *    attach whoever has them, and the customer is shown by the new user id. An alias that says nothing new does nothing.
 *
 * After 1-3 the strongest id of an event (user, first external, anonymous) always belongs to its customer, so events
 * are attributed by that id alone, and every batch size gives the same identities, merges and attributions.
 * The order of arrival matters only where ids of two user ids that no alias joins meet (a shared device): the one
 * first seen with an unclaimed id keeps it. In every other history the customers are the connected components of ids.
 */
export interface Key {
  kind: string;
  value: string;
}

/** Ids that came together, strongest first (user, external ones as sent, anonymous). */
export interface Mention {
  keys: Key[];
  /** Alias only: the former id of the customer whose user id is keys[0]. */
  previous: string | null;
  /** An alias, also one that says nothing new: it leaves no event behind that would tell of it. */
  isAlias: boolean;
  receivedAt: string;
  /** The import it came by; null: any other source. */
  importId: number | null;
}

/** What a customer is known by, at best. */
export const STRENGTH = { anonymous: 0, external: 1, user: 2 } as const;

export interface Owner extends Key {
  customerId: number;
  strength: number;
  /** The import this id rests on: it brought it, or moved it to where it is; null: none, or others have named it since. */
  restsOn: number | null;
  /** Imports some id of the customer came or moved by. */
  shapedBy: readonly number[];
  tiedTo: readonly number[];
}

/** A customer of the store (customerId set) or one to be created. */
export interface Node {
  customerId: number | null;
  strength: number;
  /** Set when another one absorbed it. */
  into: Node | null;
  /** Set when the customer is new or is to be shown by another id. */
  displayKey: string | null;
  createdAt: string | null;
  shapedBy: Set<number>;
  /** The import whose row let it be absorbed. */
  mergedBy: number | null;
  /** Imports without which ids of other sources might have been decided otherwise. */
  tiedTo: Set<number>;
}

export interface Decision {
  created: Node[];
  attached: { key: Key; node: Node; createdAt: string; broughtBy: number | null }[];
  merged: Node[];
  /** Ids that rested on an import alone until another source named them. */
  used: Key[];
  /** Customers of the store that are shown by another id from now on. */
  renamed: Set<Node>;
  /** Customers of the store that became tied. */
  tied: Set<Node>;
}

/** One text per id; no id holds a NUL. */
export const keyText = (key: Key): string => `${key.kind}\0${key.value}`;

const strengthOf = (kind: string): number =>
  kind === "user" ? STRENGTH.user : kind === "anonymous" ? STRENGTH.anonymous : STRENGTH.external;

/** The customer that finally stands for this one. */
export function survivorOf(node: Node): Node {
  let last = node;
  while (last.into) last = last.into;
  return last;
}

/** Every id a mention could concern: what must be looked up before deciding. */
export function keysOf(mention: Mention): Key[] {
  const { previous, keys } = mention;
  return previous === null
    ? keys
    : [...keys, { kind: "user", value: previous }, { kind: "anonymous", value: previous }];
}

const newNode = (p: Omit<Owner, keyof Key | "customerId" | "restsOn"> & Pick<Node, "customerId">): Node => ({
  customerId: p.customerId,
  strength: p.strength,
  into: null,
  displayKey: null,
  createdAt: null,
  shapedBy: new Set(p.shapedBy),
  mergedBy: null,
  tiedTo: new Set(p.tiedTo),
});

/** What the mentions, in order of acceptance, change about the owners given. Later mentions see earlier ones. */
export function decideLinks(mentions: readonly Mention[], owners: readonly Owner[]): Decision {
  const decision: Decision = {
    created: [],
    attached: [],
    merged: [],
    used: [],
    renamed: new Set(),
    tied: new Set(),
  };
  const nodes = new Map<number, Node>();
  const byKey = new Map<string, Node>();
  const restsOn = new Map<string, number>();
  const used = new Set<string>();
  for (const owner of owners) {
    const node = nodes.get(owner.customerId) ?? newNode(owner);
    nodes.set(owner.customerId, node);
    byKey.set(keyText(owner), node);
    if (owner.restsOn !== null) restsOn.set(keyText(owner), owner.restsOn);
  }

  const ownerOf = (key: Key): Node | null => {
    const node = byKey.get(keyText(key));
    return node ? survivorOf(node) : null;
  };
  const create = (createdAt: string): Node => {
    // Weaker than any id: the first one it gets is the one it is shown by.
    const node = { ...newNode({ customerId: null, strength: -1, shapedBy: [], tiedTo: [] }), createdAt };
    decision.created.push(node);
    return node;
  };
  const show = (node: Node, value: string) => {
    node.displayKey = value;
    if (node.customerId !== null) decision.renamed.add(node);
  };
  const attach = (key: Key, node: Node, { receivedAt: createdAt, importId }: Mention) => {
    byKey.set(keyText(key), node);
    decision.attached.push({ key, node, createdAt, broughtBy: importId });
    if (importId !== null) {
      restsOn.set(keyText(key), importId);
      node.shapedBy.add(importId);
    }
    if (strengthOf(key.kind) <= node.strength) return;
    node.strength = strengthOf(key.kind);
    show(node, key.value);
  };
  const merge = (loser: Node, into: Node, { importId }: Mention) => {
    loser.into = into;
    loser.mergedBy = importId;
    for (const one of loser.shapedBy) into.shapedBy.add(one);
    if (importId !== null) into.shapedBy.add(importId);
    tie(into, loser.tiedTo);
    decision.merged.push(loser);
  };
  const tie = (node: Node, imports: Iterable<number>) => {
    const before = node.tiedTo.size;
    for (const one of imports) node.tiedTo.add(one);
    if (node.tiedTo.size > before && node.customerId !== null) decision.tied.add(node);
  };
  /** The import that alone stands behind where this id is. */
  const supportOf = (key: Key): number | null => {
    const text = keyText(key);
    if (used.has(text)) return null;
    for (let node = byKey.get(text); node?.into; node = node.into)
      if (node.mergedBy !== null) return node.mergedBy;
    return restsOn.get(text) ?? null;
  };

  for (const mention of mentions) {
    const [strongest] = mention.keys;
    if (!strongest) continue;
    const former = keysOf(mention).slice(mention.keys.length);
    const before = [...mention.keys, ...former].map(ownerOf).filter((node) => node !== null);
    const customer = customerOf(mention, former) ?? create(mention.receivedAt);
    for (const key of mention.keys) {
      const owner = ownerOf(key);
      if (!owner) attach(key, customer, mention);
      else if (owner !== customer && owner.strength < STRENGTH.user) merge(owner, customer, mention);
    }
    let news = false;
    for (const key of former) {
      const owner = ownerOf(key);
      if (owner === customer) continue;
      if (owner) merge(owner, customer, mention);
      else attach(key, customer, mention);
      news = true;
    }
    if (news && strongest.kind === "user") show(customer, strongest.value);
    noteUse(mention, [...mention.keys, ...former], [customer, ...before]);
  }
  return decision;

  /**
   * What an undo of an import must know: this mention names ids that rested on another import alone; and where it left
   * customers apart, or spoke of former ids, one of which an import has shaped, without that import it might not have.
   */
  function noteUse(mention: Mention, keys: Key[], touched: Node[]) {
    for (const key of keys) {
      const importId = supportOf(key);
      if (importId === null || importId === mention.importId) continue;
      decision.used.push(key);
      used.add(keyText(key));
    }
    const survivors = new Set(touched.map(survivorOf));
    if (survivors.size === 1 && !mention.isAlias) return;
    const others = new Set(touched.flatMap((node) => [...node.shapedBy]));
    if (mention.importId !== null) others.delete(mention.importId);
    for (const node of new Set([...touched, ...survivors])) tie(node, others);
  }

  function customerOf(mention: Mention, former: Key[]): Node | null {
    const present = (keys: Key[]) => keys.map(ownerOf).filter((node) => node !== null);
    const candidates = present(mention.keys);
    if (mention.keys[0]?.kind !== "user")
      return candidates.find((node) => node.strength === STRENGTH.user) ?? candidates[0] ?? null;
    return (
      ownerOf(mention.keys[0]) ??
      candidates.find((node) => node.strength < STRENGTH.user) ??
      present(former)[0] ??
      null
    );
  }
}
