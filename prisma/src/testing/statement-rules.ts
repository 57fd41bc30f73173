import { type Placement, placements } from "../distribution.ts"

export interface Token {
  text: string
  /** How many parentheses are open around it; the parentheses themselves belong to what they stand in. */
  depth: number
  /** Whether it may be a word of SQL: no quoted name, no text. */
  bare: boolean
}

const tokenPattern =
  /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$\d+|[A-Za-z_]\w*|\d[\w.]*|<>|<=|>=|!=|::|[^\s]/g

export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = []
  let depth = 0
  for (const [match] of sql.matchAll(tokenPattern)) {
    if (match.startsWith("--") || match.startsWith("/*")) continue
    if (match === ")") depth--
    const quoted = match.startsWith('"')
    const bare = /^[A-Za-z_]/.test(match)
    tokens.push({ text: quoted ? match.slice(1, -1) : bare ? match.toLowerCase() : match, depth, bare })
    if (match === "(") depth++
  }
  return tokens
}

/** A table that a statement names, and the tokens among which it says which rows. */
interface Mention {
  table: string
  alias: string
  by: "from" | "join" | "using" | "update" | "into" | "delete"
  /** Of the table's name. */
  at: number
  start: number
  end: number
}

const isWritten = ({ by }: Mention) => by === "update" || by === "into" || by === "delete"

const clauses = new Set([
  ...["select", "where", "group", "order", "having", "limit", "offset", "returning", "set", "values", "for", "window"],
  ...["union", "except", "intersect", "with", "on"],
])
const unsteady = new Set(["clock_timestamp", "random", "gen_random_uuid", "nextval", "timeofday"])
/** Those, and the moment: one for all rows, but not within what is computed for some rows only. */
const moments = new Set([...unsteady, "now", "current_timestamp", "transaction_timestamp", "statement_timestamp"])
const setOperators = new Set(["union", "except", "intersect"])
const joining = new Set(["join", "inner", "left", "right", "full", "cross", "natural", "lateral", "from", "using"])

type Placements = Record<string, Placement>

/** A statement, as far as it has to be known to tell on which machines it runs. */
class Statement {
  readonly #tokens: Token[]
  readonly #placements: Placements

  constructor(sql: string, known: Placements) {
    this.#tokens = tokensOf(sql)
    this.#placements = known
  }

  #text(at: number): string {
    return this.#tokens[at]?.text ?? ""
  }

  #is(at: number, word: string): boolean {
    const token = this.#tokens[at]
    return token?.bare === true && token.text === word
  }

  mentions(): Mention[] {
    const found: Mention[] = []
    const clauseAt: string[] = []
    this.#tokens.forEach(({ text, depth, bare }, at) => {
      if (text === "(") clauseAt[depth + 1] = ""
      const before = clauseAt[depth]
      if (bare && (clauses.has(text) || joining.has(text) || text === "update" || text === "into"))
        clauseAt[depth] = text
      const listed = text === "," && (before === "from" || before === "using")
      const isWord = bare && ["from", "join", "using", "update", "into"].includes(text)
      if (!isWord && !listed) return
      const mention = this.#mentionAt(at + 1)
      if (!mention) return
      const by = listed ? "from" : text === "from" && this.#is(at - 1, "delete") ? "delete" : text
      if (by === "from" || by === "join" || by === "using" || by === "update" || by === "into" || by === "delete") {
        found.push({ ...mention, by })
      }
    })
    return found
  }

  #mentionAt(first: number): Omit<Mention, "by"> | undefined {
    let at = first
    while (this.#is(at, "only") || this.#is(at, "lateral")) at++
    if (this.#text(at + 1) === ".") at += 2
    const token = this.#tokens[at]
    if (!token || !Object.hasOwn(this.#placements, token.text)) return undefined
    let next = at + 1
    if (this.#is(next, "as")) next++
    const named = this.#tokens[next]
    const isAlias =
      named &&
      /^[A-Za-z_]\w*$/.test(named.text) &&
      !(named.bare && (clauses.has(named.text) || joining.has(named.text)))
    return { table: token.text, alias: isAlias ? named.text : token.text, at, ...this.#arm(at) }
  }

  /** The tokens of the SELECT or other statement that a token stands in. */
  #arm(at: number): { start: number; end: number } {
    const depth = this.#tokens[at]?.depth ?? 0
    const ends = ({ depth: other, text, bare }: Token) =>
      other < depth || (other === depth && bare && setOperators.has(text))
    let [start, end] = [at, at]
    while (start > 0 && !ends(this.#tokens[start - 1] ?? { text: "", depth: 0, bare: false })) start--
    while (end + 1 < this.#tokens.length && !ends(this.#tokens[end + 1] ?? { text: "", depth: 0, bare: false })) end++
    return { start, end }
  }

  /** The tokens behind a word until the next clause of the same depth; none where the word is not there. */
  #clause(word: string, { at, end }: Mention): { start: number; end: number } | undefined {
    const depth = this.#tokens[at]?.depth ?? 0
    for (let start = at; start <= end; start++) {
      if (this.#tokens[start]?.depth !== depth || !this.#is(start, word)) continue
      let last = start
      while (last < end) {
        const next = this.#tokens[last + 1]
        if (next?.depth === depth && next.bare && (clauses.has(next.text) || next.text === "from")) break
        last++
      }
      return { start: start + 1, end: last }
    }
    return undefined
  }

  /** Whether a comparison for equality says which values a column has. */
  names(mention: Mention, column: string): boolean {
    if (mention.by === "into") return this.#insertedColumns(mention).includes(column)
    const set = this.#clause("set", mention)
    for (let at = mention.start; at <= mention.end; at++) {
      if (set && at >= set.start && at <= set.end) continue
      if (this.#text(at) !== column || !this.#isColumnOf(mention, at)) continue
      if (this.#isCompared(at)) return true
    }
    return false
  }

  #isColumnOf({ alias, at: own }: Mention, at: number): boolean {
    if (this.#text(at - 1) === ".") return this.#text(at - 2) === alias
    return this.#tokens[at]?.depth === this.#tokens[own]?.depth
  }

  #isCompared(at: number): boolean {
    let [first, last] = [at, at]
    while (this.#text(first - 1) === ".") first -= 2
    const compared = () => ["=", "in"].includes(this.#text(last + 1)) || this.#text(first - 1) === "="
    if (compared()) return true
    // One of a row: (a, b) = (…)
    const inRow = ({ text, bare }: Token) =>
      /^[.,]$|^\w+$/.test(text) && !(bare && (clauses.has(text) || joining.has(text)))
    while (this.#tokens[first - 1] && inRow(this.#tokens[first - 1] ?? { text: "", depth: 0, bare: false })) first--
    while (this.#tokens[last + 1] && inRow(this.#tokens[last + 1] ?? { text: "", depth: 0, bare: false })) last++
    if (this.#text(first - 1) !== "(" || this.#text(last + 1) !== ")") return false
    first--
    last++
    return compared()
  }

  #insertedColumns({ at }: Mention): string[] {
    let open = at + 1
    if (this.#is(open, "as")) open += 2
    if (this.#text(open) !== "(") return []
    const depth = this.#tokens[open]?.depth ?? 0
    const columns: string[] = []
    for (let next = open + 1; next < this.#tokens.length && this.#tokens[next]?.depth !== depth; next++) {
      columns.push(this.#text(next))
    }
    return columns
  }

  /** Whether a column is given another value, by an UPDATE or by an INSERT that met a row. */
  changes(mention: Mention, column: string): boolean {
    const set = mention.by === "update" || mention.by === "into" ? this.#clause("set", mention) : undefined
    if (!set) return false
    for (let at = set.start; at <= set.end; at++) {
      const assigned = this.#text(at + 1) === "=" || /^[,)]$/.test(this.#text(at + 1))
      if (this.#text(at) === column && assigned && (at === set.start || /^[,(]$/.test(this.#text(at - 1)))) return true
    }
    return false
  }

  /** Functions whose value differs from row to row, which a write may not have. */
  unsteady(mention: Mention): string[] {
    if (!isWritten(mention)) return []
    const arm = this.#tokens.slice(mention.start, mention.end + 1)
    return arm.filter(({ text, bare }) => bare && unsteady.has(text)).map(({ text }) => text)
  }

  /** Moments that a write computes for some rows only, by CASE or COALESCE. */
  conditional(mention: Mention): string[] {
    if (!isWritten(mention)) return []
    const found: string[] = []
    for (let at = mention.start; at <= mention.end; at++) {
      const isCase = this.#is(at, "case")
      if (!isCase && !this.#is(at, "coalesce")) continue
      const depth = this.#tokens[at]?.depth ?? 0
      for (let within = at + 1; within <= mention.end; within++) {
        const token = this.#tokens[within]
        if (
          !token ||
          token.depth < depth ||
          (token.depth === depth && (isCase ? token.text === "end" : token.text === ")"))
        )
          break
        if (token.bare && moments.has(token.text)) found.push(`${token.text} in ${isCase ? "CASE" : "COALESCE"}`)
      }
    }
    return found
  }

  /** What a write answers that each machine might compute otherwise: functions, and casts but to whole numbers. */
  computed(mention: Mention): string[] {
    const returning = isWritten(mention) ? this.#clause("returning", mention) : undefined
    if (!returning) return []
    const found: string[] = []
    for (let at = returning.start; at <= returning.end; at++) {
      if (this.#tokens[at]?.bare && this.#text(at + 1) === "(") found.push(this.#text(at))
      if (this.#text(at) === "::" && !/^(int|int4|integer|bigint)$/.test(this.#text(at + 1)))
        found.push(`::${this.#text(at + 1)}`)
    }
    return found
  }
}

const familyOf = (placement: Placement | undefined): string =>
  placement?.kind === "distributed" ? placement.colocateWith : (placement?.kind ?? "local")

/**
 * What keeps a statement from running on the one machine that has its rows: a table whose rows it does not name by the
 * column that says where they lie, tables that do not lie together, and what a distributed database refuses. It reads
 * the text and knows no more of SQL than our statements need; a comparison below an OR counts as well.
 */
export function statementProblems(sql: string, known: Placements = placements): string[] {
  const statement = new Statement(sql, known)
  const mentions = statement.mentions()
  const problems = mentions.flatMap((mention) => {
    const placement = known[mention.table]
    if (placement?.kind !== "distributed") return []
    const { table } = mention
    const { column } = placement
    return [
      ...(statement.names(mention, column) ? [] : [`${table} is not named by ${column}`]),
      ...(statement.changes(mention, column) ? [`${table} gets another ${column}`] : []),
      ...statement.conditional(mention).map((what) => `${table} is written with ${what}`),
      ...statement.unsteady(mention).map((what) => `${table} is written with ${what}`),
      ...statement.computed(mention).map((what) => `${table} answers ${what}`),
    ]
  })
  const families = (some: Mention[]) => [...new Set(some.map(({ table }) => familyOf(known[table])))].sort()
  const written = families(mentions.filter(isWritten))
  if (written.length > 1) problems.push(`writes ${written.join(" and ")} at once`)
  const distributed = families(mentions.filter(({ table }) => known[table]?.kind === "distributed"))
  if (distributed.length > 1) problems.push(`joins ${distributed.join(" and ")}`)
  return problems
}
