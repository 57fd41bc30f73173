import type { z } from "zod"

const checked = new WeakMap<object, z.ZodType>()

/**
 * Tells the procedures of this process that an input is what their schema makes of it, so that they do not parse it again.
 * For a door whose own schema is made of the parts of that schema.
 */
export function checkedInput<Schema extends z.ZodType<object>>(schema: Schema, input: z.output<Schema>) {
  checked.set(input, schema)
  return input
}

/** A schema for the input of a procedure, which takes as it is what a door has checked by it. */
export function orChecked<Schema extends z.ZodType<object>>(schema: Schema): Schema {
  const taking = schema.clone()
  const isChecked = (input: unknown): input is z.output<Schema> =>
    typeof input === "object" && input !== null && checked.get(input) === schema
  taking.parseAsync = async (input, params) => (isChecked(input) ? input : await schema.parseAsync(input, params))
  return taking
}
