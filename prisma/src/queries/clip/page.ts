import type { Db } from "../../client.ts"
import { Prisma } from "../../generated/client.ts"
import { allOf, columnsOf } from "../sql/columns.ts"
import {
  type Form,
  moment,
  objectOf,
  rowsFor,
  type WrittenField,
  type WrittenRows,
  writeRows,
} from "../sql/written-rows.ts"
import { bpmPlace, type ClipCondition, type ClipOrder, clipConditions, clipPlaces, figurePlace } from "./filter.ts"

export interface ClipFilter extends ClipCondition {
  order: ClipOrder
  limit: number
}

export const clipColumn = columnsOf("clips", "c")

const isPlace = (key: string) =>
  `(@.${key}.type() == "null" || (@.${key}.type() == "number" && @.${key} >= 1 && @.${key}.floor() == @.${key}))`

/** The stages in which code can fail. */
const stages = ["parse", "mini", "run", "query", "timeout"].map((stage) => `@.stage == "${stage}"`).join(" || ")

/** Why a clip does not play, where that is stored in the form that it has today; null otherwise. */
export const clipProblem =
  Prisma.raw(`(CASE WHEN c.problem @? '$ ? ((${stages}) && @.message.type() == "string" && ${isPlace("line")} && ${isPlace("column")})'
  THEN json_build_object('stage', c.problem -> 'stage', 'message', c.problem -> 'message', 'line', c.problem -> 'line', 'column', c.problem -> 'column') END)`)

const fields: WrittenField[] = [
  { name: "projectId", value: clipColumn("project_id") },
  { name: "id", value: clipColumn("id"), restName: "clip_id" },
  { name: "name", value: clipColumn("name") },
  { name: "code", value: clipColumn("code") },
  { name: "metadata", value: clipColumn("metadata") },
  { name: "version", value: clipColumn("version") },
  { name: "createdAt", value: moment(clipColumn("created_at")) },
  { name: "updatedAt", value: moment(clipColumn("updated_at")) },
  { name: "state", value: clipColumn("state") },
  { name: "problem", value: clipProblem },
]

/** What a cursor says of a clip; JSON has no infinite number, so none is null. */
export const clipPlace = (by: ClipOrder["by"]) => (last: (value: Prisma.Sql) => Prisma.Sql) => {
  const key = [last(clipColumn("project_id")), last(clipColumn("id"))]
  switch (by) {
    case "updated":
      return [moment(last(clipColumn("updated_at"))), ...key]
    case "created":
    case "oldest":
      return [Prisma.raw(`'${by}'::text`), moment(last(clipColumn("created_at"))), ...key]
    case "name":
      return [last(clipColumn("name")), ...key]
    case "bpm":
      return [Prisma.sql`'bpm'::text`, Prisma.sql`nullif(${last(bpmPlace)}, 'Infinity')`, ...key]
    case "loudness":
    case "brightness":
    case "density":
      return [Prisma.raw(`'${by}'::text`), Prisma.sql`nullif(${last(figurePlace(by))}, '-Infinity')`, ...key]
  }
}

/** The rows of a list of clips in its order, one more than its page has where there are as many, with `more` columns. */
export async function clipRows(
  db: Db,
  { order, limit, ...condition }: ClipFilter,
  more: Prisma.Sql = Prisma.empty,
): Promise<Prisma.Sql> {
  const { between, sorted } = clipPlaces(order)
  const conditions = [...(await clipConditions(db, condition)), ...between]
  return Prisma.sql`SELECT c.*${more} FROM clips c WHERE ${allOf(conditions)} ORDER BY ${sorted} LIMIT ${rowsFor(limit)}`
}

/** The bytes of a clip's code and, about, of its metadata; neither is read for that. */
const size = Prisma.sql`(octet_length(${clipColumn("code")}) + 4 * pg_column_size(${clipColumn("metadata")}))`

/** Writes a page of clips with their code, up to so many bytes: the last changed or made first, by name or by tempo. */
export const writeClipPage = async (
  db: Db,
  { maxBytes, ...filter }: ClipFilter & { maxBytes: number },
  form: Form = "router",
): Promise<WrittenRows> =>
  writeRows(db, {
    rows: await clipRows(db, filter),
    as: "c",
    row: objectOf(fields, form),
    place: clipPlace(filter.order.by),
    limit: filter.limit,
    bytes: { of: size, most: maxBytes },
  })
