import { z } from "zod";

/** Colours a tag can have: names of the fixed set that stages and charts draw from, each safe for colour-blind readers. */
export const tagColors = {
  sky: "#56B4E9",
  green: "#009E73",
  blue: "#0072B2",
  violet: "#6A51A3",
  orange: "#E69F00",
  grey: "#7A7A7A",
  vermilion: "#D55E00",
  pink: "#CC79A7",
} as const;

export const tagColor = z.enum(Object.keys(tagColors) as [keyof typeof tagColors]);
export type TagColor = z.infer<typeof tagColor>;

export const tagName = z.string().trim().min(1).max(40);

/** A label members put on customers by hand. */
export const tag = z.object({ id: z.number().int(), name: z.string(), color: tagColor });
export type Tag = z.infer<typeof tag>;

/** Who carries a tag, for the list of them. */
export const tagWithCustomers = tag.extend({ customers: z.number().int() });
export type TagWithCustomers = z.infer<typeof tagWithCustomers>;

/** What an act of tagging did: customers that got at least one tag, and that lost one; others were so already. */
export const tagged = z.object({ added: z.number().int(), removed: z.number().int() });
export type Tagged = z.infer<typeof tagged>;
