import { limits } from "@strudel-agent/contract/limits"
import { foldQuery } from "@strudel-agent/contract/search/fold"
import type { SequenceList, SequenceVersionList } from "@strudel-agent/contract/sequence"
import type { Db } from "@strudel-agent/database/client"
import { historyOf } from "@strudel-agent/library/history"
import type { Sequences } from "@strudel-agent/library/sequence"
import { changeBetween, orderBetween } from "@strudel-agent/library/version-change"
import { decodeCursor, itemOrder, places, toBoundedPage } from "../cursor.ts"

/** A page of songs or playlists. */
export async function readSequences(db: Db, { queries }: Sequences, input: SequenceList) {
  const { projectId, q, sort, limit } = input
  const list = await queries.list(db, {
    ...(projectId === undefined ? {} : { projectId }),
    nameContains: foldQuery(q),
    order: itemOrder(input),
    limit: limit + 1,
    maxBytes: limits.pageBytes,
  })
  return toBoundedPage(list, limit, (row) => [sort === "name" ? row.name : row.updatedAt, row.projectId, row.id])
}

function versionPage({ cursor, limit, ...key }: SequenceVersionList, maxBytes: number) {
  const [before] = decodeCursor(places.version, cursor) ?? []
  return { ...key, before, limit: limit + 1, maxBytes }
}

/** A page of a sequence's versions, the newest first. */
export async function readVersions(db: Db, { queries, missing }: Sequences, input: SequenceVersionList) {
  const page = versionPage(input, limits.pageBytes)
  const list = await queries.listVersions(db, page)
  if (list.found === 0 && page.before === undefined) throw missing()
  return toBoundedPage(list, input.limit, ({ version }) => [version])
}

/** A page of a sequence's versions, the newest first, with what each changed and where it came from. */
export async function readHistory(db: Db, { queries, missing }: Sequences, input: SequenceVersionList) {
  const page = versionPage(input, limits.historyBytes)
  const list = await queries.listHistory(db, page)
  if (list.found === 0 && page.before === undefined) throw missing()
  const history = await historyOf(list, input.limit, (former, row, timeout) => ({
    ...changeBetween({ ...former, text: former.body }, { ...row, text: row.body }, timeout),
    order: orderBetween(former.partIds, row.partIds, timeout),
  }))
  return toBoundedPage(history, input.limit, ({ version }) => [version])
}
