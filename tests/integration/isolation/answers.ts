import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { registry } from "@/app/api/registry";
import { apiDocument } from "@/lib/api/document";
import type { Declared } from "./calls";

const document = apiDocument(registry);
const ajv = new Ajv2020({ strict: false, allErrors: false });
addFormats.default(ajv);

/** What an answer has that the document does not say of it; null when it is as described. */
export function answerFault(
  route: Declared,
  status: number,
  type: string | null,
  text: string,
): string | null {
  const operation = document.paths[route.at.replace(/\[(\w+)\]/g, "{$1}")]![route.method.toLowerCase()]!;
  const described = operation.responses[status] as
    | { content?: Record<string, { schema: object }>; $ref?: string }
    | undefined;
  if (!described) return `${status} is not described`;
  if (described.$ref) return null;
  const media = Object.keys(described.content ?? {})[0]!;
  if (!type?.startsWith(media)) return `${type} instead of ${media}`;
  if (media !== "application/json") return null;
  const check = ajv.compile({ components: document.components, ...described.content![media]!.schema });
  return check(JSON.parse(text)) ? null : ajv.errorsText(check.errors);
}
