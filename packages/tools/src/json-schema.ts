import { z } from "zod"

/** What a model can do without: what a format or the words say already, and bounds of every whole number. */
function withoutNoise(schema: Record<string, unknown>): void {
  if (schema.format !== undefined || schema.pattern !== undefined) delete schema.pattern
  if (schema.maximum === Number.MAX_SAFE_INTEGER || schema.maximum === 2_147_483_647) delete schema.maximum
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
}

/** A tool's input or output as JSON Schema, as short as it can be: the tool checks the rest and says what is wrong. */
export function jsonSchemaOf(schema: z.ZodObject, io: "input" | "output"): Record<string, unknown> {
  const written = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      withoutNoise(jsonSchema)
      // Nothing beyond is sent; saying so in each place of an answer helps nobody to read it.
      if (io === "output") delete jsonSchema.additionalProperties
    },
  })
  const { $schema: _, ...rest } = written
  return rest
}
