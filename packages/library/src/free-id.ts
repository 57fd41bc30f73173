import { idLength } from "@strudel-agent/contract/item"

/** Characters of an id that leave room for "-2" and so on. */
const most = idLength - 6

/** What all ids begin with that `freeId` may answer for an id. */
export const beginningOf = (id: string): string => id.slice(0, most)

/** An id that is not taken: the given one, else "-2", "-3" and so on behind it. */
export function freeId(id: string, isTaken: (id: string) => boolean): string {
  let free = id
  for (let number = 2; isTaken(free); number++) free = `${id.length > most ? beginningOf(id) : id}-${number}`
  return free
}
