import type pg from "pg"
import { type Placement, placements } from "../distribution.ts"

type Known = Record<string, Placement>

const tables = `
  SELECT relname AS "table" FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname NOT LIKE '\\_prisma%' ORDER BY relname`

const triggers = `
  SELECT tgrelid::regclass::text AS "table", tgname AS name FROM pg_trigger
  JOIN pg_class ON pg_class.oid = tgrelid WHERE relnamespace = 'public'::regnamespace AND NOT tgisinternal`

/** Each column with the type of its values, and how it gets one that nobody gives it. */
const columns = `
  SELECT relname AS "table", attname AS "column", attidentity <> '' AS identity,
    coalesce(element.typtype, own.typtype) = 'e' AS enum, pg_get_expr(adbin, adrelid) AS value
  FROM pg_attribute
  JOIN pg_class ON pg_class.oid = attrelid AND relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
  JOIN pg_type own ON own.oid = atttypid
  LEFT JOIN pg_type element ON element.oid = own.typelem AND own.typcategory = 'A'
  LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
  WHERE attnum > 0 AND NOT attisdropped ORDER BY relname, attnum`

/** Unique indexes with the columns of their keys; one on an expression has null there. */
const uniques = `
  SELECT indrelid::regclass::text AS "table", indexrelid::regclass::text AS name, ARRAY(
    SELECT attname::text FROM unnest((indkey::int2[])[0:indnkeyatts - 1]) key
    LEFT JOIN pg_attribute ON attrelid = indrelid AND attnum = key AND attnum > 0) AS columns
  FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
  WHERE relnamespace = 'public'::regnamespace AND indisunique ORDER BY 2`

const references = `
  SELECT conrelid::regclass::text AS "table", confrelid::regclass::text AS other, conname AS name,
    confupdtype AS "onUpdate", confdeltype AS "onDelete", ARRAY(
      SELECT own.attname || ' ' || others.attname FROM unnest(conkey, confkey) AS pair(own, other)
      JOIN pg_attribute own ON own.attrelid = conrelid AND own.attnum = pair.own
      JOIN pg_attribute others ON others.attrelid = confrelid AND others.attnum = pair.other) AS pairs
  FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace ORDER BY conname`

/** Values that are the same on each machine, and the moment, which the first machine asks once for all. */
const steadyValue =
  /^(?:'[^']*'(?:::[\w ()[\]]+)?|-?\d+|true|false|CURRENT_TIMESTAMP(?:\(\d\))?|ARRAY\[\](?:::[\w ]+\[\])?)$/

interface Reference {
  table: string
  other: string
  name: string
  onUpdate: string
  onDelete: string
  /** "own other", the names of columns that have to be alike. */
  pairs: string[]
}

function referenceProblems({ table, other, name, onUpdate, onDelete, pairs }: Reference, known: Known): string[] {
  const [own, target] = [known[table], known[other]]
  const problems = onUpdate === "a" ? [] : [`${name} does something on update`]
  if (own?.kind !== "distributed") {
    return target?.kind === "distributed" ? [...problems, `${name} leads to ${other}, which is distributed`] : problems
  }
  if (onDelete === "n" || onDelete === "d") problems.push(`${name} changes rows on delete`)
  if (target?.kind === "reference") return problems
  if (target?.kind !== "distributed") return [...problems, `${name} leads to ${other}, which is not distributed`]
  if (target.colocateWith !== own.colocateWith) return [...problems, `${name} leads to another family`]
  return pairs.includes(`${own.column} ${target.column}`) ? problems : [...problems, `${name} leaves out ${own.column}`]
}

/** What keeps the tables of a database from being distributed as it is stated; none where nothing does. */
export async function catalogProblems(client: pg.Client, known: Known = placements): Promise<string[]> {
  const problems: string[] = []
  const stored = await client.query<{ table: string }>(tables)
  const names = stored.rows.map(({ table }) => table)
  for (const name of names) if (!Object.hasOwn(known, name)) problems.push(`${name} has no place`)
  for (const name of Object.keys(known)) if (!names.includes(name)) problems.push(`${name} is no table`)

  const written = await client.query<{ table: string; name: string }>(triggers)
  for (const { table, name } of written.rows) problems.push(`${table} has a trigger, ${name}`)

  const held = await client.query<{ table: string; column: string; identity: boolean; enum: boolean; value: string }>(
    columns,
  )
  for (const { table, column, identity, enum: isEnum, value } of held.rows) {
    if (isEnum) problems.push(`${table}.${column} is of an enum`)
    if (known[table]?.kind !== "distributed") continue
    if (identity || /\bnextval\(/.test(value ?? "")) problems.push(`${table}.${column} counts up for all machines`)
    else if (value !== null && !steadyValue.test(value)) problems.push(`${table}.${column} is by default ${value}`)
  }

  const unique = await client.query<{ table: string; name: string; columns: (string | null)[] }>(uniques)
  for (const { table, name, columns } of unique.rows) {
    const placement = known[table]
    if (placement?.kind === "distributed" && !columns.includes(placement.column)) {
      problems.push(`${name} is unique without ${placement.column}`)
    }
  }

  const constraints = await client.query<Reference>(references)
  return [...problems, ...constraints.rows.flatMap((reference) => referenceProblems(reference, known))]
}
