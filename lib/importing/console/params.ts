import { z } from "zod";

/** The import a path names. */
export const importParams = z.object({ import: z.coerce.number().int().positive() });
