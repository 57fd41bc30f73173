interface Holding {
  amount: number
  until: number
  name?: string | undefined
}

/**
 * Something of which there is so much at a time. Where it is not enough for all, each has a fair share, which is there
 * for it whatever the others hold.
 */
export class Held {
  #most: { each: number; all: number }
  #holdings = new Map<string, Holding[]>()

  constructor(most: { each: number; all: number }) {
    this.#most = most
  }

  /** Whether there is so much left; if so, it is held from now until then, in place of what had the same name. */
  admit(who: string, amount: number, { now, until, name }: { now: number; until: number; name?: string }): boolean {
    let all = amount
    for (const [holder, holdings] of this.#holdings) {
      const left = holdings.filter((holding) => holding.until > now)
      all += sumOf(left)
      if (left.length > 0) this.#holdings.set(holder, left)
      else this.#holdings.delete(holder)
    }
    const holdings = this.#holdings.get(who) ?? []
    const others = holdings.filter((holding) => name === undefined || holding.name !== name)
    const replaced = sumOf(holdings) - sumOf(others)
    const own = amount + sumOf(others)
    const sharers = this.#holdings.size + (holdings.length > 0 ? 0 : 1)
    const isScarce = all - replaced > this.#most.all
    if (own > this.#most.each || (isScarce && own > this.#most.all / sharers)) return false
    this.#holdings.set(who, [...others, { amount, until, name }])
    return true
  }

  /** Lets go of what one holds. */
  release(who: string): void {
    this.#holdings.delete(who)
  }
}

const sumOf = (holdings: Holding[]): number => holdings.reduce((sum, { amount }) => sum + amount, 0)

interface Rate {
  perSecond: number
  /** What may be taken at once, saved up before or owed after. */
  atOnce: number
}

interface Debt {
  owed: number
  at: number
}

/**
 * Something of which so much comes with every second. Where it is not enough for all, each has a fair share, which is
 * there for it whatever the others take.
 */
export class Flow {
  #most: { each: Rate; all: Rate }
  #debts = new Map<string, Debt>()
  #all: Debt = { owed: 0, at: 0 }

  constructor(most: { each: Rate; all: Rate }) {
    this.#most = most
  }

  /** Whether there is any left; if so, all of the amount is taken. */
  admit(who: string, amount: number, now: number): boolean {
    const { each, all } = this.#most
    this.#all = paid(this.#all, now, all.perSecond)
    for (const [name, debt] of this.#debts) {
      const left = paid(debt, now, each.perSecond)
      if (left.owed > 0) this.#debts.set(name, left)
      else this.#debts.delete(name)
    }
    const own = this.#debts.get(who) ?? { owed: 0, at: now }
    const sharers = this.#debts.size + (own.owed > 0 ? 0 : 1)
    if (own.owed >= each.atOnce || (this.#all.owed >= all.atOnce && own.owed >= all.atOnce / sharers)) return false
    this.#debts.set(who, { ...own, owed: own.owed + amount })
    this.#all.owed += amount
    return true
  }

  release(who: string): void {
    this.#debts.delete(who)
  }
}

/** Times may come out of order by a little: what plays together is asked for one clip after the other. */
const paid = ({ owed, at }: Debt, now: number, perSecond: number): Debt =>
  now > at ? { owed: Math.max(0, owed - (now - at) * perSecond), at: now } : { owed, at }
