interface Asked {
  /** Who asked; those who say nothing are one. */
  caller: string
}

/** What waits for its turn, up to so many; callers who have little running come before those who have much. */
export class FairQueue<Item extends Asked> {
  readonly #room: number
  readonly #waiting: Item[] = []
  readonly #running = new Map<string, number>()

  constructor(room: number) {
    this.#room = room
  }

  get size(): number {
    return this.#waiting.length
  }

  /**
   * Lets an item wait. Where there is no more room, another has to go, which is answered: the last of who has the most
   * waiting, or the item itself where its caller has as many.
   */
  add(item: Item): Item | null {
    this.#waiting.push(item)
    if (this.#waiting.length <= this.#room) return null
    const counts = countsOf(this.#waiting)
    const own = counts.get(item.caller) ?? 0
    const greedy = [...counts].reduce((one, other) => (other[1] > one[1] ? other : one), [item.caller, own] as const)
    const last = this.#waiting.findLast(({ caller }) => caller === greedy[0]) ?? item
    this.remove(last)
    return last
  }

  /** Takes out what comes next. */
  next(): Item | undefined {
    const running = ({ caller }: Asked) => this.#running.get(caller) ?? 0
    const item = this.#waiting.reduce<Item | undefined>(
      (first, other) => (first && running(first) <= running(other) ? first : other),
      undefined,
    )
    if (item) this.remove(item)
    return item
  }

  /** Counts what is done for a caller. */
  begin({ caller }: Asked): void {
    this.#running.set(caller, (this.#running.get(caller) ?? 0) + 1)
  }

  end({ caller }: Asked): void {
    const count = (this.#running.get(caller) ?? 1) - 1
    if (count > 0) this.#running.set(caller, count)
    else this.#running.delete(caller)
  }

  remove(item: Item): void {
    const index = this.#waiting.indexOf(item)
    if (index >= 0) this.#waiting.splice(index, 1)
  }

  clear(): Item[] {
    return this.#waiting.splice(0)
  }
}

function countsOf(items: Asked[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { caller } of items) counts.set(caller, (counts.get(caller) ?? 0) + 1)
  return counts
}
