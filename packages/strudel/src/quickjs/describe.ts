import { drawPicture } from "../picture/picture.ts"
import { Picture } from "../picture/picture-data.ts"
import type { Answer } from "../result.ts"
import type { Described } from "./protocol.ts"

/** Counts and draws the events of an answer. */
export function describe(answer: Answer): Described {
  if (!answer.ok) return answer
  const { haps, ...rest } = answer
  // Clip code may have forged the events: a picture that readers would refuse is none.
  const { data: picture = null } = Picture.nullable().safeParse(drawPicture(answer))
  return { ...rest, events: haps.length, picture }
}
