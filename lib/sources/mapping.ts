import { z } from "zod";
import { eventNameKey } from "@/lib/intake/commerce-names";

const RESERVED = new Set(["__proto__", "constructor", "prototype"]);
const name = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => !RESERVED.has(text), "This name is reserved")
  .refine((text) => !/[\0\p{Surrogate}]/u.test(text), "A name holds characters that cannot be stored");

const renamedEvent = z.strictObject({
  from: name,
  /** Our key of a standard kind ("order"), another name of one, or a name of the sender's own; null: dropped on purpose. */
  to: name.nullable(),
});
const renamedProperty = z.strictObject({
  /** Name of the event as it is sent; null: every event. */
  event: name.nullable(),
  from: name,
  to: name,
});
const propertyDefault = z.strictObject({
  event: name.nullable(),
  property: name,
  value: z.union([z.string().min(1).max(500), z.number(), z.boolean()]),
});

/** How the names of a source become ours: events first by the name that is sent, then their properties, then what is missing. */
export const sourceMapping = z
  .strictObject({
    events: z.array(renamedEvent).max(200),
    properties: z.array(renamedProperty).max(200),
    defaults: z.array(propertyDefault).max(100),
  })
  .superRefine(({ events, properties, defaults }, context) => {
    const twice = (part: string, keys: string[]) => {
      for (const [index, key] of keys.entries())
        if (keys.indexOf(key) !== index)
          context.addIssue({
            code: "custom",
            path: [part, index],
            message: "There is already a line for this",
          });
    };
    const scope = (event: string | null) => (event === null ? null : eventNameKey(event));
    twice(
      "events",
      events.map(({ from }) => eventNameKey(from)),
    );
    twice(
      "properties",
      properties.map(({ event, from }) => JSON.stringify([scope(event), from])),
    );
    twice(
      "defaults",
      defaults.map(({ event, property }) => JSON.stringify([scope(event), property])),
    );
  });
export type SourceMapping = z.infer<typeof sourceMapping>;

export const NO_MAPPING: SourceMapping = { events: [], properties: [], defaults: [] };

/** What a mapping makes of a message: the message to decode, or nothing because its name is dropped on purpose. */
export type Mapped = { message: unknown } | "dropped";
export type ApplyMapping = (message: unknown, type: unknown) => Mapped;

/** The mapping as a function. It never changes the message it is given, and what is no object passes untouched. */
export function compileMapping(mapping: SourceMapping): ApplyMapping {
  const events = new Map(mapping.events.map(({ from, to }) => [eventNameKey(from), to]));
  const ofEvent = <T extends { event: string | null }>(rules: readonly T[], key: string | null) =>
    rules.filter(({ event }) => event === null || (key !== null && eventNameKey(event) === key));
  if (events.size + mapping.properties.length + mapping.defaults.length === 0)
    return (message) => ({ message });

  return (message, type) => {
    if (!isObject(message) || (type !== "track" && type !== "page" && type !== "screen")) return { message };
    const key = type === "track" && typeof message.event === "string" ? eventNameKey(message.event) : null;
    const to = key === null ? undefined : events.get(key);
    if (to === null) return "dropped";
    const named = to === undefined ? message : { ...message, event: to };
    const { properties = {} } = message;
    if (!isObject(properties)) return { message: named };
    const changed = withDefaults(
      renamed(properties, ofEvent(mapping.properties, key)),
      ofEvent(mapping.defaults, key),
    );
    return { message: changed === properties ? named : { ...named, properties: changed } };
  };
}

type Fields = Record<string, unknown>;

/** A property under the name we read; where the sender used that name as well, the sender's own stays. */
function renamed(properties: Fields, rules: SourceMapping["properties"]): Fields {
  let result = properties;
  for (const { from, to } of rules) {
    if (!Object.hasOwn(result, from) || !isGiven(result[from]) || isGiven(result[to])) continue;
    const { [from]: value, ...others } = result;
    result = { ...others, [to]: value };
  }
  return result;
}

function withDefaults(properties: Fields, rules: SourceMapping["defaults"]): Fields {
  let result = properties;
  for (const { property, value } of rules)
    if (!Object.hasOwn(result, property) || !isGiven(result[property]))
      result = { ...result, [property]: value };
  return result;
}

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isGiven = (value: unknown) => value !== undefined && value !== null && value !== "";
