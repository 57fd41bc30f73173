import { z } from "zod"

/** Some of the names, as a query has them: with commas between. */
export const queryList = <const Names extends z.ZodEnum>(names: Names) =>
  z.string().transform((text, context): z.output<Names>[] => {
    const { data } = z
      .array(names)
      .max(names.options.length)
      .safeParse(text.split(",").map((name) => name.trim()))
    if (data) return data
    context.addIssue({ code: "custom", message: `must be some of ${names.options.join(", ")}, with commas between` })
    return z.NEVER
  })
