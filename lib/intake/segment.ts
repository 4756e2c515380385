import { assertCleanValue } from "./clean-value";
import { standardKindOf } from "./commerce-names";
import { canonicalProperties } from "./commerce-properties";
import { customerId, externalKeys } from "./external-ids";
import { type InboxRow, messageUuid } from "./inbox";
import { KIND, standardKindById } from "./kinds";
import { occurredAt } from "./occurred-at";
import { carriedRevenue, isMoney, orderAmount } from "./order-amount";
import { type Outcome, outcomeOf, refuse, take } from "./rejection";
import { findUnstorableField } from "./storable";

export const messageTypes = ["identify", "track", "page", "screen", "group", "alias"] as const;
export type MessageType = (typeof messageTypes)[number];

/** Longest event name and longest name of a trait. */
const MAX_NAME_LENGTH = 200;
const MAX_CHANNEL_LENGTH = 200;
/** Each trait becomes a row: a profile has dozens, a mistake has thousands. */
const MAX_TRAITS = 200;

/** An accepted event whose kind may still be a name: the key of a custom kind, which has its id in the database. */
export type DecodedEvent = Omit<InboxRow, "kind"> & { kind: number | string };

/** What decoding knows besides the message. */
export interface DecodeContext {
  sourceId: number;
  /** Currency of the workspace: amounts of another one are refused, not converted. */
  currency: string;
  receivedAt: Date;
  /** For messages without messageId; such a message cannot be recognised when it is sent twice. */
  newMessageId: () => string;
  /** From the batch around the message; the message's own wins. */
  sentAt?: unknown;
  context?: unknown;
}

type Fields = Record<string, unknown>;

/**
 * One message of the Segment spec as an inbox row, or the reason why not with the path to the fault. Decides nothing
 * from outside: the same message and context give the same row.
 */
export const decodeMessage = (message: unknown, type: unknown, c: DecodeContext): Outcome<DecodedEvent> =>
  outcomeOf(() => decode(message, type, c));

function decode(message: unknown, type: unknown, c: DecodeContext): DecodedEvent {
  if (!isObject(message)) refuse("not_an_object", null, "An event must be a JSON object");
  if (!messageTypes.includes(type as MessageType))
    refuse("unknown_type", "type", `type must be one of ${messageTypes.join(", ")}`);
  assertCleanValue(message, "");
  const context = contextOf(c.context, objectAt(message.context, "context"));
  const { kind, props, traits } = content(message, type as MessageType, context);
  const properties = typeof kind === "number" ? canonicalProperties(kind, props) : props;
  const amount = isMoney(kind)
    ? orderAmount(kind, properties, c.currency)
    : typeof kind === "string"
      ? carriedRevenue(properties, c.currency)
      : null;
  if (amount !== null && properties.currency) properties.currency = c.currency; // "cny" passed as CNY
  const event: DecodedEvent = {
    sourceId: c.sourceId,
    kind,
    receivedAt: c.receivedAt,
    occurredAt: take(
      occurredAt({ ...times(message), sentAt: message.sentAt ?? c.sentAt, receivedAt: c.receivedAt }),
    ),
    messageId: messageUuid(messageIdOf(message.messageId) ?? c.newMessageId()),
    ...identities(message, type as MessageType),
    externalKeys: externalKeys(context.externalIds, "context.externalIds"),
    amount,
    channel: channelOf(context, properties, traits),
    props: nonEmpty(fitted(kind, properties, props)),
    traits: nonEmpty(checkedTraits(traits)),
  };
  assertStorable(event);
  return event;
}

/** The fields of a context that mean something to us; the message's own win over the batch's. */
function contextOf(ofBatch: unknown, own: Fields): Fields {
  const shared = objectAt(ofBatch, "context");
  return {
    campaign: own.campaign ?? shared.campaign,
    externalIds: own.externalIds ?? shared.externalIds,
    traits: own.traits ?? shared.traits,
  };
}

/** Kind, properties and traits of a message by its type. */
function content(
  message: Fields,
  type: MessageType,
  context: Fields,
): { kind: number | string; props: Fields; traits: Fields } {
  const known = objectAt(context.traits, "context.traits");
  if (type === "track")
    return { kind: kindOf(message.event), props: objectAt(message.properties, "properties"), traits: known };
  if (type === "page" || type === "screen") {
    const named = { name: message.name, category: message.category };
    const props = { ...withoutMissing(named), ...objectAt(message.properties, "properties") };
    return { kind: KIND.view, props, traits: known };
  }
  if (type === "alias") return { kind: KIND.profile, props: {}, traits: known };
  if (type === "identify")
    return { kind: KIND.profile, props: {}, traits: { ...known, ...objectAt(message.traits, "traits") } };
  // What is said of a group (name, plan) must not overwrite what is said of the person.
  const groupId =
    customerId(message.groupId, "groupId") ?? refuse("missing_field", "groupId", "groupId is missing");
  const about = Object.entries(objectAt(message.traits, "traits")).map(([name, value]) => [
    `group.${name}`,
    value,
  ]);
  return {
    kind: KIND.profile,
    props: {},
    traits: { ...known, "group.id": groupId, ...Object.fromEntries(about) },
  };
}

function kindOf(event: unknown): number | string {
  if (event === undefined || event === null || event === "")
    refuse("missing_field", "event", "event, the name of what happened, is missing");
  if (typeof event !== "string") refuse("bad_field", "event", "event must be a text");
  const name = event.trim();
  if (name === "" || name.length > MAX_NAME_LENGTH)
    refuse("bad_field", "event", `event must have 1 to ${MAX_NAME_LENGTH} characters`);
  if (name.toLowerCase() === "profile")
    refuse("bad_field", "event", 'event "profile" is reserved: send identify');
  return standardKindOf(name) ?? name;
}

function identities(message: Fields, type: MessageType) {
  const userKey = customerId(message.userId, "userId");
  const anonymousKey = customerId(message.anonymousId, "anonymousId");
  const previousKey = type === "alias" ? customerId(message.previousId, "previousId") : null;
  if (type === "alias" && !previousKey) refuse("missing_id", "previousId", "alias needs previousId");
  if (type === "alias" && !userKey) refuse("missing_id", "userId", "alias needs userId");
  if (!userKey && !anonymousKey)
    refuse("missing_id", "userId", "userId or anonymousId must say whose event this is");
  return { userKey, anonymousKey, previousKey };
}

/** Properties as the kind defines them, faults named in the words of the sender; a custom kind takes any. */
function fitted(kind: number | string, properties: Fields, sent: Fields): Fields {
  const schema = typeof kind === "number" ? standardKindById(kind)?.properties : undefined;
  if (!schema) return properties;
  const result = schema.safeParse(withoutMissing(properties));
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const steps = issue.path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
    .join("");
  const path = `properties${sent.items === undefined ? steps.replace(/^\.items/, ".products") : steps}`;
  return refuse("bad_properties", path, `${path}: ${issue.message}`);
}

/** Acquisition channel: campaign source, else a trait or property `channel`; only a short text counts as one. */
function channelOf(context: Fields, properties: Fields, traits: Fields): string | null {
  const campaign = isObject(context.campaign) ? context.campaign.source : undefined;
  for (const value of [campaign, traits.channel, properties.channel]) {
    const channel = typeof value === "string" ? value.trim() : "";
    if (channel !== "" && channel.length <= MAX_CHANNEL_LENGTH) return channel;
  }
  return null;
}

function checkedTraits(traits: Fields): Fields {
  const names = Object.keys(traits);
  if (names.length > MAX_TRAITS)
    refuse("bad_field", "traits", `An event may state ${MAX_TRAITS} traits, this one states ${names.length}`);
  for (const name of names) {
    if (name === "" || name.length > MAX_NAME_LENGTH)
      refuse("bad_field", "traits", `A trait name must have 1 to ${MAX_NAME_LENGTH} characters`);
    if (name === "$channel")
      refuse("bad_field", "traits.$channel", "traits.$channel is reserved: send traits.channel");
  }
  return traits;
}

function messageIdOf(value: unknown): string | null {
  if (value === undefined || value === null || value === "") return null;
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
  if (typeof value !== "string") refuse("bad_field", "messageId", "messageId must be a text");
  if (value.length > 512) refuse("bad_field", "messageId", "messageId is longer than 512 characters");
  return value;
}

/** The store's own last word, so that one row can never fail the statement of its batch; texts inside were checked as they came. */
function assertStorable(event: DecodedEvent): void {
  const problem = findUnstorableField({ ...event, kind: typeof event.kind === "number" ? event.kind : 0 });
  if (problem)
    refuse(
      problem.path.endsWith("Id") ? "bad_id" : "bad_field",
      problem.path,
      `${problem.path} ${problem.detail}`,
    );
}

const times = (message: Fields) => ({
  originalTimestamp: message.originalTimestamp,
  timestamp: message.timestamp,
});

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function objectAt(value: unknown, path: string): Fields {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) refuse("bad_field", path, `${path} must be an object`);
  return value;
}

const isMissing = (value: unknown) => value === undefined || value === null;

const withoutMissing = (fields: Fields): Fields =>
  Object.values(fields).some(isMissing)
    ? Object.fromEntries(Object.entries(fields).filter(([, value]) => !isMissing(value)))
    : fields;

const nonEmpty = (fields: Fields): Fields | null => (Object.keys(fields).length > 0 ? fields : null);
