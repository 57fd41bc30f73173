import type { ClipCardList, ClipCardPage } from "@strudel-agent/contract/clip/bulk"
import type { Db } from "@strudel-agent/database/client"
import { writeClipCards } from "@strudel-agent/database/queries/clip/card"
import type { z } from "zod"
import { filterOf } from "../clip-filter.ts"
import { cursorAfter } from "../cursor.ts"
import { Written } from "../written.ts"
import { shareReads } from "./shared-reads.ts"

/** A page of clips as a library shows them. */
export const readClipCards = shareReads(async (db: Db, input: z.output<typeof ClipCardList>) => {
  const rows = await writeClipCards(db, filterOf(input))
  const nextCursor = cursorAfter(rows) ?? input.until ?? null
  return new Written<z.output<typeof ClipCardPage>>(
    `{"items":[${rows.text}],"nextCursor":${JSON.stringify(nextCursor)}}`,
  )
})
