import { z } from "zod";

export type JsonSchema = Record<string, unknown>;

/** JSON Schemas of one document: those that others refer to stand under components, where every reference finds them. */
export class JsonSchemas {
  readonly components: Record<string, JsonSchema> = {};

  /**
   * The schema of what is sent (`input`) or answered (`output`). Instants are ISO text. A schema that refers to itself or is
   * used in several places is put under components by `name`.
   */
  of(schema: z.ZodType, io: "input" | "output", name: string): JsonSchema {
    const made = z.toJSONSchema(schema, {
      target: "draft-2020-12",
      io,
      unrepresentable: "any",
      override: ({ zodSchema, jsonSchema }) => {
        if (zodSchema._zod.def.type === "date")
          Object.assign(jsonSchema, { type: "string", format: "date-time" });
      },
    }) as JsonSchema;
    const { $schema: _, $defs = {}, ...root } = made;
    const place = (ref: string) =>
      ref === "#" ? `#/components/schemas/${name}` : ref.replace("#/$defs/", `#/components/schemas/${name}.`);
    const moved = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(moved);
      if (value === null || typeof value !== "object") return value;
      return Object.fromEntries(
        Object.entries(value).map(([key, one]) => [key, key === "$ref" ? place(String(one)) : moved(one)]),
      );
    };
    for (const [key, one] of Object.entries($defs as JsonSchema))
      this.components[`${name}.${key}`] = moved(one) as JsonSchema;
    const own = moved(root) as JsonSchema;
    if (!JSON.stringify(root).includes('"$ref":"#"')) return own;
    this.components[name] = own;
    return { $ref: `#/components/schemas/${name}` };
  }
}
