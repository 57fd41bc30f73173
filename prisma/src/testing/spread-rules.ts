import { type Placement, placements } from "../distribution.ts"
import { type Token, tokensOf } from "./statement-rules.ts"

type Placements = Record<string, Placement>

/** Tokens between two parentheses, or all of a statement. */
interface Range {
  start: number
  end: number
}

/** A name by which a part of a statement calls rows, and the tokens among which it does. */
interface Alias extends Range {
  name: string
  /** Whether the rows are those of a distributed table themselves. */
  isTable: boolean
}

const aggregates = new Set(["count", "min", "max", "sum", "string_agg", "array_agg", "json_agg", "jsonb_agg"])
const noAlias = new Set([
  ...["select", "from", "where", "group", "order", "having", "limit", "offset", "returning", "set", "values", "for"],
  ...[
    "union",
    "except",
    "intersect",
    "with",
    "on",
    "using",
    "join",
    "inner",
    "left",
    "right",
    "cross",
    "and",
    "or",
    "is",
  ],
  ...["then", "end", "else", "when", "filter", "over", "between", "in", "not", "like", "desc", "asc", "collate"],
])

/** A statement's tokens, as far as they tell what refers to what. */
class Parts {
  readonly tokens: Token[]
  readonly #known: Placements

  constructor(sql: string, known: Placements) {
    this.tokens = tokensOf(sql)
    this.#known = known
  }

  is(at: number, ...words: string[]): boolean {
    const token = this.tokens[at]
    return token?.bare === true && words.includes(token.text)
  }

  text(at: number): string {
    return this.tokens[at]?.text ?? ""
  }

  isDistributed(at: number): boolean {
    const placement = this.#known[this.text(at)]
    return placement?.kind === "distributed" && this.is(at - 1, "from", "join", "update", "into")
  }

  /** The tokens around one that stand between the same parentheses, and all within. */
  around(at: number): Range {
    const depth = this.tokens[at]?.depth ?? 0
    let [start, end] = [at, at]
    while (start > 0 && (this.tokens[start - 1]?.depth ?? -1) >= depth) start--
    while ((this.tokens[end + 1]?.depth ?? -1) >= depth) end++
    return { start, end }
  }

  /** Names of rows: those of tables, and those of what stands in parentheses. */
  aliases(): Alias[] {
    return this.tokens.flatMap((_, at): Alias[] => {
      const follows = this.text(at) === ")" || (this.is(at - 1, "from", "join") && this.text(at) !== "(")
      if (!follows) return []
      return [{ ...this.around(at), name: this.aliasAt(at), isTable: this.isDistributed(at) }]
    })
  }

  /** What the rows of a table are called in its part of a statement. */
  aliasAt(at: number): string {
    const named = this.is(at + 1, "as") ? at + 2 : at + 1
    const token = this.tokens[named]
    const isName = token && /^[A-Za-z_]\w*$/.test(token.text) && !(token.bare && noAlias.has(token.text))
    return isName ? token.text : this.text(at)
  }

  /** SELECTs within parentheses. */
  selects(): Range[] {
    return this.tokens.flatMap((_, at) => (this.is(at, "select") && this.text(at - 1) === "(" ? [this.around(at)] : []))
  }

  /** SELECTs within parentheses that read a distributed table, by the place of their first word. */
  nested(): (Range & { table: string })[] {
    return this.selects().flatMap((range) => {
      for (let each = range.start; each <= range.end; each++) {
        if (this.isDistributed(each)) return [{ ...range, table: this.text(each) }]
      }
      return []
    })
  }
}

/** What stands at the level of a SELECT itself, not in what it holds. */
const levelOf = (parts: Parts, { start, end }: Range): number[] => {
  const depth = parts.tokens[start]?.depth
  return Array.from({ length: end - start + 1 }, (_, place) => start + place).filter(
    (at) => parts.tokens[at]?.depth === depth,
  )
}

/** Rows of the statement around a SELECT that it is computed for, other than those of a distributed table. */
function rowsAround(parts: Parts, aliases: Alias[], { start, end }: Range): string[] {
  const found = new Set<string>()
  for (let at = start; at <= end; at++) {
    if (parts.text(at + 1) !== "." || parts.text(at - 1) === ".") continue
    const visible = aliases.filter((alias) => alias.name === parts.text(at) && alias.start <= at && at <= alias.end)
    const nearest = visible.toSorted((one, other) => other.start - one.start)[0]
    if (nearest && nearest.start < start && !nearest.isTable) found.add(nearest.name)
  }
  return [...found]
}

/**
 * Distributed tables of which Citus does not see that one machine has all that a statement asks for: each is to be named
 * by the column that says where its rows lie, by a value or as the rows of a table beside it are. A part that is computed
 * for each row needs the value itself, unless it only asks whether there is something, which becomes a join.
 */
function apart(parts: Parts, aliases: Alias[], known: Placements, value = /^[$']/): string[] {
  const selects = parts.selects()
  const isNamed = (at: number, column: string): boolean => {
    const { start, end } = parts.around(at)
    const isAsked = parts.text(start) === "select" && parts.is(start - 2, "exists")
    const isBeside = (other: number) => {
      const visible = aliases.filter(
        ({ name, ...range }) => name === parts.text(other) && range.start <= at && at <= range.end,
      )
      const nearest = visible.toSorted((one, two) => two.start - one.start)[0]
      return nearest?.isTable === true && (isAsked || nearest.start >= start)
    }
    const own = parts.aliasAt(at)
    const isElsewhere = (each: number) =>
      selects.some((range) => each >= range.start && each <= range.end && !(at >= range.start && at <= range.end))
    for (let each = start; each <= end; each++) {
      if (parts.text(each) !== column || parts.text(each + 1) !== "=" || isElsewhere(each)) continue
      if (parts.text(each - 1) === "." && parts.text(each - 2) !== own) continue
      if (value.test(parts.text(each + 2)) || (parts.text(each + 3) === "." && isBeside(each + 2))) return true
    }
    return false
  }
  return parts.tokens.flatMap(({ text }, at) => {
    const placement = known[text]
    if (placement?.kind !== "distributed" || !parts.isDistributed(at) || parts.is(at - 1, "into")) return []
    return isNamed(at, placement.column) ? [] : [text]
  })
}

/** Tables that a statement has asked of every machine, though one has all of the rows; what is of several is asked of some. */
export function apartProblems(sql: string, known: Placements = placements): string[] {
  const parts = new Parts(sql, known)
  if (parts.tokens.some((_, at) => parts.is(at, "unnest"))) return []
  return apart(parts, parts.aliases(), known, /^(?:[$']|any$)/).map((table) => `${table} is asked on every machine`)
}

/** Whether rows are locked; those that are passed over where they are locked are asked for otherwise where that is refused. */
const isLocking = (parts: Parts): boolean =>
  parts.tokens.some((_, at) => parts.is(at, "for") && parts.is(at + 1, "update", "no", "share", "key")) &&
  !parts.tokens.some((_, at) => parts.is(at, "skip") && parts.is(at + 1, "locked"))

/**
 * What keeps several machines from answering a statement together, as Citus says it: a recursion through a distributed
 * table, a part that is read anew with a limit or a count for each row of another, or for each row of something that
 * lies on no machine, and a lock on rows of several. It reads the text and knows no more of SQL than our statements need.
 */
export function spreadProblems(sql: string, known: Placements = placements): string[] {
  const parts = new Parts(sql, known)
  const aliases = parts.aliases()
  if (apart(parts, aliases, known).length === 0) return []
  const nested = parts.nested()
  const isSpread = parts.tokens.some((_, at) => parts.isDistributed(at))
  const recursion = parts.tokens.some((_, at) => parts.is(at, "recursive")) && nested.length > 0
  const problems = nested.flatMap((range) => {
    const { start, table } = range
    const around = rowsAround(parts, aliases, range)
    if (around.length === 0) return []
    if (!parts.is(start - 2, "lateral")) return around.map((name) => `${table} is read for each row of ${name}`)
    const level = levelOf(parts, range)
    const isLimited = level.some((at) => parts.is(at, "limit", "offset"))
    const isCounted =
      level.some((at) => parts.text(at + 1) === "(" && aggregates.has(parts.text(at))) &&
      !level.some((at) => parts.is(at, "group"))
    return [
      ...(isLimited ? [`some of ${table} are read for each row of ${around.join()}`] : []),
      ...(isCounted ? [`${table} is counted for each row of ${around.join()}`] : []),
    ]
  })
  return [
    ...(recursion ? ["recurs through a distributed table"] : []),
    ...(isSpread && isLocking(parts) ? ["locks rows of several machines"] : []),
    ...problems,
  ]
}
