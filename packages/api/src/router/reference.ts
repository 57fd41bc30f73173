import { ReferenceFound, ReferenceName, ReferenceSearch } from "@strudel-agent/contract/reference"
import { Entry } from "@strudel-agent/reference/entry"
import { entryNamed, searchReference } from "@strudel-agent/reference/search"
import type { TRPCRouterRecord } from "@trpc/server"
import { ApiError } from "../errors.ts"
import { reader } from "../trpc.ts"

export const referenceRouter = {
  /** What the language of this build has: by name, by alias, and by what it is for. */
  search: reader
    .input(ReferenceSearch)
    .output(ReferenceFound)
    .query(({ input: { q: query, kind, limit } }) => searchReference({ query, kind, limit })),

  /** What is called so; refused with REFERENCE_NOT_FOUND, which names what is nearly called so. */
  byName: reader
    .input(ReferenceName)
    .output(Entry)
    .query(({ input: { name, kind } }) => {
      const entry = entryNamed(name, ...(kind ? [kind] : []))
      if (entry) return entry
      const { nearest: names } = searchReference({ query: name, kind, limit: 1 })
      const meant = names.length > 0 ? ` The nearest names are ${names.join(", ")}.` : ""
      throw new ApiError("REFERENCE_NOT_FOUND", `Nothing of the language is called so.${meant}`, { names })
    }),
} satisfies TRPCRouterRecord
