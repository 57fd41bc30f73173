import type { ClipList } from "@strudel-agent/contract/clip"
import { limits } from "@strudel-agent/contract/limits"
import type { Db } from "@strudel-agent/database/client"
import { writeClipPage } from "@strudel-agent/database/queries/clip/page"
import type { Form } from "@strudel-agent/database/queries/sql/written-rows"
import { filterOf } from "../clip-filter.ts"
import { cursorAfter, type WrittenList } from "../cursor.ts"
import { shareReads } from "./shared-reads.ts"

/** A page of clips with their code. */
export const readClips = shareReads(async (db: Db, input: ClipList, form: Form): Promise<WrittenList> => {
  const rows = await writeClipPage(db, { ...filterOf(input), maxBytes: limits.pageBytes }, form)
  return { list: `[${rows.text}]`, nextCursor: cursorAfter(rows) }
})
