import { z } from "zod";

/** Pages whose views can be saved. */
export const viewPage = z.enum(["board", "customers"]);
export type ViewPage = z.infer<typeof viewPage>;

export const viewName = z.string().trim().min(1).max(60);

/** The query of an address without its question mark; what a page cannot read of it the page leaves out and says so. */
export const viewSearch = z
  .string()
  .max(8_000)
  .regex(/^[^?#\s]*$/);

/** A view as its reader sees it. */
export const savedView = z.object({
  id: z.uuid(),
  page: viewPage,
  name: z.string(),
  search: z.string(),
  /** Everybody in the workspace sees it. */
  shared: z.boolean(),
  /** Whether the reader made it: only who made a view changes it. */
  own: z.boolean(),
  /** Null once they left the workspace. */
  ownerName: z.string().nullable(),
  /** The page opens with it for the reader. */
  starred: z.boolean(),
});
export type SavedView = z.infer<typeof savedView>;

export const newView = z.strictObject({
  page: viewPage,
  name: viewName,
  search: viewSearch,
  shared: z.boolean().default(false),
  starred: z.boolean().default(false),
});

export const viewChange = z
  .strictObject({
    name: viewName,
    search: viewSearch,
    shared: z.boolean(),
    starred: z.boolean(),
  })
  .partial();
