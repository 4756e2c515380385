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
  receivedAt: string;
}

/** What a customer is known by, at best. */
export const STRENGTH = { anonymous: 0, external: 1, user: 2 } as const;

export interface Owner extends Key {
  customerId: number;
  strength: number;
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
}

export interface Decision {
  created: Node[];
  attached: { key: Key; node: Node; createdAt: string }[];
  merged: Node[];
  /** Customers of the store that are shown by another id from now on. */
  renamed: Set<Node>;
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

/** What the mentions, in order of acceptance, change about the owners given. Later mentions see earlier ones. */
export function decideLinks(mentions: readonly Mention[], owners: readonly Owner[]): Decision {
  const decision: Decision = { created: [], attached: [], merged: [], renamed: new Set() };
  const nodes = new Map<number, Node>();
  const byKey = new Map<string, Node>();
  for (const { customerId, strength, ...key } of owners) {
    const node = nodes.get(customerId) ?? {
      customerId,
      strength,
      into: null,
      displayKey: null,
      createdAt: null,
    };
    nodes.set(customerId, node);
    byKey.set(keyText(key), node);
  }

  const ownerOf = (key: Key): Node | null => {
    const node = byKey.get(keyText(key));
    return node ? survivorOf(node) : null;
  };
  const create = (createdAt: string): Node => {
    // Weaker than any id: the first one it gets is the one it is shown by.
    const node: Node = { customerId: null, strength: -1, into: null, displayKey: null, createdAt };
    decision.created.push(node);
    return node;
  };
  const show = (node: Node, value: string) => {
    node.displayKey = value;
    if (node.customerId !== null) decision.renamed.add(node);
  };
  const attach = (key: Key, node: Node, createdAt: string) => {
    byKey.set(keyText(key), node);
    decision.attached.push({ key, node, createdAt });
    if (strengthOf(key.kind) <= node.strength) return;
    node.strength = strengthOf(key.kind);
    show(node, key.value);
  };
  const merge = (loser: Node, into: Node) => {
    loser.into = into;
    decision.merged.push(loser);
  };

  for (const mention of mentions) {
    const [strongest] = mention.keys;
    if (!strongest) continue;
    const former = keysOf(mention).slice(mention.keys.length);
    const customer = customerOf(mention, former) ?? create(mention.receivedAt);
    for (const key of mention.keys) {
      const owner = ownerOf(key);
      if (!owner) attach(key, customer, mention.receivedAt);
      else if (owner !== customer && owner.strength < STRENGTH.user) merge(owner, customer);
    }
    let news = false;
    for (const key of former) {
      const owner = ownerOf(key);
      if (owner === customer) continue;
      if (owner) merge(owner, customer);
      else attach(key, customer, mention.receivedAt);
      news = true;
    }
    if (news && strongest.kind === "user") show(customer, strongest.value);
  }
  return decision;

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
