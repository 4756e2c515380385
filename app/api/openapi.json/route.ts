import { z } from "zod";
import { apiDocument } from "@/lib/api/document";
import { route } from "@/lib/platform/http/route";
import { registry } from "../registry";

/** The document of this API; it says nothing that the source does not. */
export const GET = route({
  summary: "This API as an OpenAPI 3.1 document",
  who: "anyone",
  answer: z.looseObject({ openapi: z.literal("3.1.0"), paths: z.record(z.string(), z.unknown()) }),
  access: async () => null,
  handle: async () => apiDocument(registry),
});
