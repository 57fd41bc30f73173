import { z } from "zod"
import { limits } from "./limits.ts"
import { nameText } from "./text.ts"

const Tags = z.array(nameText(limits.tag)).max(limits.tags, `at most ${limits.tags} tags`).default([])

/** Tags that one call adds to what it names, and those that it takes away. */
export const tagChange = { add: Tags, remove: Tags }

/** A schema with a change of tags that does something, and nothing twice. */
export const withTagChange = <Schema extends z.ZodType<{ add: string[]; remove: string[] }>>(schema: Schema): Schema =>
  schema
    .refine(({ add, remove }) => add.length + remove.length > 0, {
      path: ["add"],
      message: "is needed where nothing is removed",
    })
    .refine(({ add, remove }) => !add.some((tag) => remove.includes(tag)), {
      path: ["remove"],
      message: "must not name a tag that is added",
    })
