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
      const named = this.is(at + 1, "as") ? at + 2 : at + 1
      const token = this.tokens[named]
      const isName = token && /^[A-Za-z_]\w*$/.test(token.text) && !(token.bare && noAlias.has(token.text))
      const name = isName ? token.text : this.text(at)
      return [{ ...this.around(at), name, isTable: this.isDistributed(at) }]
    })
  }

  /** SELECTs within parentheses that read a distributed table, by the place of their first word. */
  nested(): (Range & { table: string })[] {
    return this.tokens.flatMap((_, at) => {
      if (!this.is(at, "select") || this.text(at - 1) !== "(") return []
      const range = this.around(at)
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
 * What keeps several machines from answering a statement together, as Citus says it: a recursion through a distributed
 * table, a part that is read anew with a limit or a count for each row of another, or for each row of something that
 * lies on no machine. It reads the text and knows no more of SQL than our statements need.
 */
export function spreadProblems(sql: string, known: Placements = placements): string[] {
  const parts = new Parts(sql, known)
  const aliases = parts.aliases()
  const nested = parts.nested()
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
  return [...(recursion ? ["recurs through a distributed table"] : []), ...problems]
}
