/** Characters of an id. */
const most = 100
/** Characters that "-2" and so on may take. */
const room = 6

/** What all ids begin with that `freeId` may answer for an id. */
export const beginningOf = (id: string): string => id.slice(0, most - room)

/** An id that is not taken: the given one, else "-2", "-3" and so on behind it. */
export function freeId(id: string, isTaken: (id: string) => boolean): string {
  let free = id
  for (let number = 2; isTaken(free); number++) free = `${id.length > most - room ? beginningOf(id) : id}-${number}`
  return free
}
