import { type ImportField, type ItemField, itemFields, type Mapping, reservedNames } from "../mapping";
import { type Content, kindOf, type Settings } from "./schema";

export const externalTargets = ["phone", "email", "wechat_openid", "wechat_unionid"] as const;
type ExternalTarget = (typeof externalTargets)[number];
type Kept = "trait" | "property" | "ignore";

/** What one column of the file becomes. */
export type Target = ImportField | ItemField | ExternalTarget | Kept;

const fieldsOf: Record<Content, readonly Target[]> = {
  orders: ["customerId", "anonymousId", "occurredAt", "orderId", "amount", "currency", "channel"],
  lines: [
    ...["customerId", "anonymousId", "occurredAt", "orderId"],
    ...["sku", "name", "quantity", "price", "currency", "channel"],
  ] as Target[],
  customers: ["customerId", "anonymousId", "occurredAt", "channel"],
  events: [
    ...["customerId", "anonymousId", "occurredAt", "event", "messageId"],
    ...["orderId", "amount", "currency", "channel"],
  ] as Target[],
};

const neededOf: Record<Content, readonly Target[]> = {
  orders: ["customerId", "occurredAt", "amount"],
  lines: ["customerId", "occurredAt", "orderId", "quantity", "price"],
  customers: ["customerId"],
  events: ["customerId", "occurredAt", "event"],
};

/** What a column can become in a file of that content, in the order people look for it. */
export const targetsOf = (content: Content): Target[] => [
  ...fieldsOf[content],
  ...externalTargets,
  "trait",
  ...(content === "customers" ? [] : (["property"] as const)),
  "ignore",
];

const isItem = (target: Target): target is ItemField => (itemFields as readonly Target[]).includes(target);
const isExternal = (target: Target): target is ExternalTarget =>
  (externalTargets as readonly Target[]).includes(target);
const isKept = (target: Target): target is Kept => ["trait", "property", "ignore"].includes(target);

/** Where each column of the header goes under a mapping. */
export function readTargets(settings: Settings, header: readonly string[]): Target[] {
  const { columns, items, externalIds, traits, properties, keepOthers } = settings.mapping;
  const others: Kept = !keepOthers ? "ignore" : settings.content === "customers" ? "trait" : "property";
  const found = new Map<string, Target>();
  const note = (part: Record<string, string | undefined> | undefined, target: (name: string) => Target) => {
    for (const [name, column] of Object.entries(part ?? {}))
      if (column !== undefined && !found.has(column)) found.set(column, target(name));
  };
  note(columns, (name) => name as ImportField);
  note(items, (name) => name as ItemField);
  note(externalIds, (name) => (isExternal(name as Target) ? (name as Target) : "trait"));
  note(traits, () => "trait");
  note(properties, () => "property");
  return header.map((column) => (column === "" ? "ignore" : (found.get(column) ?? others)));
}

/** The settings with these targets; names under which traits and properties were kept stay. */
export function withTargets(
  settings: Settings,
  header: readonly string[],
  targets: readonly Target[],
): Settings {
  const before = settings.mapping;
  const nameIn = (part: Record<string, string>, column: string) =>
    Object.entries(part).find(([, one]) => one === column)?.[0];
  const own = (column: string) => (reservedNames.has(column) ? `column.${column}` : column);
  const mapping: Mapping = {
    ...before,
    kind: kindOf(settings.content),
    columns: {},
    items: undefined,
    externalIds: {},
    traits: {},
    properties: {},
    keepOthers: false,
  };
  for (const [index, column] of header.entries()) {
    const target = targets[index] ?? "ignore";
    if (column === "" || target === "ignore") continue;
    if (target === "trait") mapping.traits[nameIn(before.traits, column) ?? own(column)] = column;
    else if (target === "property")
      mapping.properties[nameIn(before.properties, column) ?? own(column)] = column;
    else if (isExternal(target)) mapping.externalIds[target] = column;
    else if (isItem(target)) mapping.items = { ...mapping.items, [target]: column };
    else mapping.columns[target as ImportField] = column;
  }
  return { content: settings.content, mapping };
}

export interface TargetFault {
  missing: Target[];
  /** Fields two columns claim. */
  twice: Target[];
}

/** What is still wrong with a choice of targets. */
export function targetFaults(content: Content, targets: readonly Target[]): TargetFault {
  const has = (target: Target) => targets.includes(target);
  const missing = neededOf[content].filter(
    (target) => !has(target) && !(target === "customerId" && has("anonymousId")),
  );
  const twice = [...new Set(targets.filter((target, i) => !isKept(target) && targets.indexOf(target) !== i))];
  return { missing, twice };
}
