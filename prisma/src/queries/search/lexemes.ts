import { Prisma } from "../../generated/client.ts"

export const hasLetter = /[\p{L}\p{N}]/u

/** Scripts that are written without spaces, and flags: each two neighbours are a lexeme. As `search_lexemes` has them. */
const unspaced = String.raw`\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u303c\u3040-\ud7ff\uf900-\ufaff\u{1aff0}-\u{1b2ff}\u{1f1e6}-\u{1f1ff}\u{20000}-\u{3ffff}`
/** Pictures and other signs: each is a lexeme. */
const signs = String.raw`\u2190-\u2bff\u{1f000}-\u{1f1e5}\u{1f200}-\u{1faff}`

const isAny = new RegExp(`[${unspaced}${signs}]`, "u")
const begins = new RegExp(`^[${unspaced}]`, "u")

/** The class as PostgreSQL writes it. */
const unspacedThere = unspaced.replace(/\\u\{(\w+)\}/g, (_, digits: string) => `\\U${digits.padStart(8, "0")}`)

/** Whether a text has lexemes of one or two characters, which are too few for trigrams. */
export const hasShortLexemes = (text: string): boolean => isAny.test(text)

/** Whether a word begins as words do; one of a script without spaces may stand anywhere. */
export const beginsWord = (word: string): boolean => /^[\p{L}\p{N}]/u.test(word) && !begins.test(word)

/** The lexemes of a text, by the expression of the indexes: as it stands there, or they are not used. */
export const lexemesOf = (text: Prisma.Sql): Prisma.Sql => Prisma.sql`search_lexemes(${text})`

/**
 * The lexemes of words, each with what asks for it. The last word may be the beginning of one. A lone character of a
 * script without spaces is the beginning of any pair, and is left out where a pair has it.
 */
export const lexemesIn = (words: string[]): Prisma.Sql => Prisma.sql`
  SELECT l.lexeme, '''' || replace(replace(l.lexeme, '\\', '\\\\'), '''', '''''') || CASE WHEN w.last OR l.lone THEN ''':*' ELSE '''' END AS asked
  FROM (SELECT tsvector_to_array(${lexemesOf(Prisma.sql`word`)}) AS lexemes, place = cardinality(${words}::text[]) AND length(word) > 1 AS last
    FROM unnest(${words}::text[]) WITH ORDINALITY AS each(word, place)) w,
    LATERAL (SELECT lexeme, lexeme ~ ${`^[${unspacedThere}]$`} AS lone FROM unnest(w.lexemes) AS lexeme) l
  WHERE NOT l.lone OR NOT EXISTS (SELECT FROM unnest(w.lexemes) AS pair WHERE pair ~ ${`^[${unspacedThere}]{2}$`} AND strpos(pair, l.lexeme) > 0)`

/** A query for the lexemes of words, all of which have to be there; null where there are none. */
export const queryOf = (words: string[]): Prisma.Sql =>
  Prisma.sql`(SELECT string_agg(asked, ' & ')::tsquery FROM (${lexemesIn(words)}) each)`
