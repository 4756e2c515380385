import { type InboxRow, messageUuid } from "@/lib/intake/inbox";
import { KIND } from "@/lib/intake/kinds";

/** An inbox row a test says only the interesting part of; `message` is the sender's message id. */
export function inboxRow(message: string, row: Partial<InboxRow>): InboxRow {
  const occurredAt = row.occurredAt ?? new Date("2026-03-01T10:00:00Z");
  return {
    sourceId: 1,
    kind: KIND.view,
    receivedAt: occurredAt,
    occurredAt,
    messageId: messageUuid(message),
    userKey: null,
    anonymousKey: null,
    previousKey: null,
    externalKeys: null,
    amount: null,
    channel: null,
    props: null,
    traits: null,
    ...row,
  };
}

/** A statement that two user ids are one customer. */
export const aliasRow = (message: string, previous: string, user: string): InboxRow =>
  inboxRow(message, { kind: KIND.profile, previousKey: previous, userKey: user });
