import { ClipCard } from "@strudel-agent/contract/clip/bulk"
import type { ClipSimilar, SimilarClips } from "@strudel-agent/contract/clip/similar"
import type { Db } from "@strudel-agent/database/client"
import { writeClipCards } from "@strudel-agent/database/queries/clip/card"
import { findSimilarClips } from "@strudel-agent/library/similar-clips"
import { z } from "zod"

const Cards = z.array(ClipCard)

/** The clips that sound the most like one, as a library shows them. */
export async function readSimilarClips(db: Db, { limit, ...key }: ClipSimilar): Promise<SimilarClips> {
  const found = await findSimilarClips(db, key, limit)
  if (!found || found.length === 0) return { measured: found !== null, items: [] }
  const { text } = await writeClipCards(db, { keys: found, order: { by: "updated" }, limit })
  const cards = Cards.parse(JSON.parse(`[${text}]`))
  const items = found.flatMap(({ projectId, id, distance }) => {
    const card = cards.find((each) => each.projectId === projectId && each.id === id)
    return card ? [{ ...card, distance }] : []
  })
  return { measured: true, items }
}
