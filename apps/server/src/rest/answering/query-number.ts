import { z } from "zod"

/** Reads a number off a query as plain digits: no blanks, exponents, signs other than minus, or empty text. */
const readAs = (pattern: RegExp, kind: string) => (schema: z.ZodNumber) =>
  z.preprocess((value, context) => {
    if (typeof value !== "string") {
      if (value === undefined) return value
    } else if (pattern.test(value)) return Number(value)
    context.addIssue({
      code: "custom",
      message: `must be one ${kind} from ${schema.minValue} to ${schema.maxValue}, in plain digits`,
    })
    return z.NEVER
  }, schema)

/** A whole number in a query, within the bounds of its schema. */
export const wholeNumber = readAs(/^(0|-?[1-9]\d{0,14})$/, "whole number")

/** A number in a query that may have decimals, within the bounds of its schema. */
export const decimalNumber = readAs(/^-?\d{1,9}(\.\d{1,9})?$/, "number")
