import type { InboxRow } from "@/lib/intake/inbox";
import { FIRST_CUSTOM_KIND, KIND, standardKinds } from "@/lib/intake/kinds";
import { localDay } from "@/lib/platform/day";

/** What the store should hold of one customer, named by all its ids: nothing here depends on customer numbers. */
export interface ExpectedCustomer {
  ids: string[];
  days: Record<string, Record<string, number | string | null>>;
  /** Events and amount by day and custom kind. */
  customDays: Record<string, [events: number, amount: number]>;
  traits: string[];
}

interface Person {
  ids: Set<string>;
  rows: InboxRow[];
}

const idsOf = (row: InboxRow): string[] => [
  ...(row.userKey === null ? [] : [`user:${row.userKey}`]),
  ...(row.externalKeys ?? []).map(([kind, value]) => `${kind}:${value}`),
  ...(row.anonymousKey === null ? [] : [`anonymous:${row.anonymousKey}`]),
];

const formerIdsOf = (row: InboxRow): string[] =>
  row.previousKey === null || row.previousKey === row.userKey
    ? []
    : [`user:${row.previousKey}`, `anonymous:${row.previousKey}`];

const isKnown = (person: Person): boolean => [...person.ids].some((id) => id.startsWith("user:"));

/** One row after the other, in order of arrival, on a plain list of people. */
export function peopleInOrder(rows: readonly InboxRow[]): Person[] {
  let people: Person[] = [];
  const owner = (id: string) => people.find((person) => person.ids.has(id));
  const absorb = (into: Person, other: Person) => {
    for (const id of other.ids) into.ids.add(id);
    into.rows.push(...other.rows);
    people = people.filter((person) => person !== other);
  };
  const seen = new Set<string>();
  for (const row of rows) {
    const ids = idsOf(row);
    const owners = ids.map(owner).filter((person) => person !== undefined);
    const named = row.userKey === null ? undefined : owner(`user:${row.userKey}`);
    let person =
      row.userKey === null
        ? (owners.find(isKnown) ?? owners[0])
        : (named ?? owners.find((one) => !isKnown(one)) ?? formerIdsOf(row).map(owner).find(Boolean));
    if (!person) people.push((person = { ids: new Set(), rows: [] }));
    for (const id of ids) {
      const other = owner(id);
      if (!other) person.ids.add(id);
      else if (other !== person && !isKnown(other)) absorb(person, other);
    }
    for (const id of formerIdsOf(row)) {
      const other = owner(id);
      if (other && other !== person) absorb(person, other);
      person.ids.add(id);
    }
    if (row.previousKey === null && !seen.has(row.messageId)) person.rows.push(row);
    seen.add(row.messageId);
  }
  return people;
}

/** The connected components of ids: what every order of arrival must lead to where no device is shared. */
export function peopleConnected(rows: readonly InboxRow[]): Person[] {
  let people: Person[] = [];
  const seen = new Set<string>();
  for (const row of rows) {
    const joined: Person = { ids: new Set([...idsOf(row), ...formerIdsOf(row)]), rows: [] };
    if (row.previousKey === null && !seen.has(row.messageId)) joined.rows.push(row);
    seen.add(row.messageId);
    const touching = people.filter((person) => [...person.ids].some((id) => joined.ids.has(id)));
    for (const person of touching) {
      for (const id of person.ids) joined.ids.add(id);
      joined.rows.push(...person.rows);
    }
    people = [...people.filter((person) => !touching.includes(person)), joined];
  }
  return people;
}

const least = (instants: Date[]): string | null =>
  instants.length === 0 ? null : new Date(Math.min(...instants.map(Number))).toISOString();
const greatest = (instants: Date[]): string | null =>
  instants.length === 0 ? null : new Date(Math.max(...instants.map(Number))).toISOString();
const sum = (values: (number | null)[]): number => values.reduce<number>((all, one) => all + (one ?? 0), 0);

function groupBy<T>(values: T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return groups;
}

function dayOf(rows: InboxRow[]): Record<string, number | string | null> {
  const of = (kind: number) => rows.filter((row) => row.kind === kind);
  const at = (some: InboxRow[]) => some.map((row) => row.occurredAt);
  const orders = of(KIND.order);
  const refunds = of(KIND.refund);
  return {
    first_at: least(at(rows)),
    last_at: greatest(at(rows)),
    first_order_at: least(at(orders)),
    last_order_at: greatest(at(orders)),
    revenue: sum([...orders, ...refunds].map((row) => row.amount)),
    refunded: 0 - sum(refunds.map((row) => row.amount)),
    order_max: Math.max(0, ...orders.map((row) => row.amount ?? 0)),
    events: rows.filter((row) => row.kind !== KIND.profile).length,
    ...Object.fromEntries(standardKinds.map((kind) => [kind.column, of(kind.id).length])),
  };
}

/** The facts of these people, sorted by their ids. */
export function expectedCustomers(people: readonly Person[], timeZone: string): ExpectedCustomer[] {
  return people
    .map(({ ids, rows }): ExpectedCustomer => {
      const days = groupBy(rows, (row) => localDay(row.occurredAt, timeZone) as string);
      const custom = groupBy(
        rows.filter((row) => row.kind >= FIRST_CUSTOM_KIND),
        (row) => `${localDay(row.occurredAt, timeZone)} ${row.kind}`,
      );
      const traits = rows.flatMap((row) =>
        [
          ...Object.entries(row.traits ?? {}),
          ...(row.channel === null ? [] : [["$channel", row.channel] as const]),
        ].map(
          ([key, value]) =>
            `${key}=${JSON.stringify(value)} ${row.occurredAt.toISOString()} ${row.messageId}`,
        ),
      );
      return {
        ids: [...ids].sort(),
        days: Object.fromEntries([...days].map(([day, some]) => [day, dayOf(some)])),
        customDays: Object.fromEntries(
          [...custom].map(([key, some]) => [key, [some.length, sum(some.map((row) => row.amount))]]),
        ),
        traits: traits.sort(),
      };
    })
    .sort((a, b) => (a.ids.join() < b.ids.join() ? -1 : 1));
}
