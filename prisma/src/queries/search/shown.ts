import { type Expression, sql } from "kysely"
import type { Db } from "../../client.ts"
import { Prisma } from "../../generated/client.ts"
import { itemTables, type TextKind } from "../../item-kinds.ts"
import { kyselyOf } from "../../kysely.ts"
import type { ClipKey } from "../clip/filter.ts"
import { oneOf, rawOf } from "../sql/columns.ts"
import { anyOf, inputRows } from "../sql/input-rows.ts"
import type { SearchAsked } from "./asked.ts"
import { type Excerpt, excerptDepth, excerptOf } from "./excerpt.ts"
import type { MessageKey } from "./message.ts"

const ofItem = { project_id: "text", id: "text" } as const
const itemRows = (keys: ClipKey[]) => keys.map(({ projectId, id }) => ({ project_id: projectId, id }))
const ofId = { id: "text" } as const

/** Any of the ids: of a join alone a short table is read as a whole. */
const anyId = (type: "text" | "uuid", keys: { id: string }[]) =>
  anyOf(
    type,
    keys.map(({ id }) => id),
  )

/** The texts are read by a query `b` of its own, where they lie; the excerpts are made where the rows arrive. */
const excerpt = (asked: SearchAsked, literal?: string) =>
  rawOf<Excerpt>(excerptOf(Prisma.sql`b.text`, asked, literal)).as("excerpt")

const textOf = (text: Expression<string | null>) => sql<string>`left(${text}, ${sql.lit(excerptDepth)})`.as("text")

/** What is shown of clips that were found; of code the excerpt tells the line. */
export const listFoundClips = (db: Db, keys: ClipKey[], asked: SearchAsked) =>
  kyselyOf(db)
    .selectFrom((eb) =>
      eb
        .selectFrom(inputRows("k", ofItem, itemRows(keys)))
        .innerJoin("clips as c", (join) => join.onRef("c.project_id", "=", "k.project_id").onRef("c.id", "=", "k.id"))
        .where("c.id", "=", anyId("text", keys))
        .select(["c.project_id as projectId", "c.id", "c.name"])
        .select(({ ref }) => textOf(ref("c.code")))
        .offset(sql.lit(0))
        .as("b"),
    )
    .select(["b.projectId", "b.id", "b.name"])
    .select(excerpt(asked, asked.code))
    .execute()

/** What is shown of songs and other items that are texts, where they were found. */
export const listFoundTexts = (db: Db, kind: TextKind, keys: ClipKey[], asked: SearchAsked) =>
  kyselyOf(db)
    .selectFrom((eb) =>
      eb
        .selectFrom(inputRows("k", ofItem, itemRows(keys)))
        .innerJoin(oneOf(itemTables[kind]).as("t"), (join) =>
          join.onRef("t.project_id", "=", "k.project_id").onRef("t.id", "=", "k.id"),
        )
        .where("t.id", "=", anyId("text", keys))
        .select(["t.project_id as projectId", "t.id", "t.name"])
        .select(({ ref }) => textOf(ref("t.body")))
        .offset(sql.lit(0))
        .as("b"),
    )
    .select(["b.projectId", "b.id", "b.name"])
    .select(excerpt(asked))
    .execute()

/** What is shown of projects that were found. */
export const listFoundProjects = (db: Db, keys: { id: string }[], asked: SearchAsked) =>
  kyselyOf(db)
    .selectFrom((eb) =>
      eb
        .selectFrom(inputRows("k", ofId, keys))
        .innerJoin("projects as p", "p.id", "k.id")
        .where("p.id", "=", anyId("text", keys))
        .select(["p.id", "p.name"])
        .select(({ ref }) => textOf(ref("p.description")))
        .offset(sql.lit(0))
        .as("b"),
    )
    .select(["b.id", "b.name"])
    .select(excerpt(asked))
    .execute()

/** What a session is called by. */
const naming = [
  ...(["s.project_id as projectId", "s.item_type as itemType", "s.item_id as itemId"] as const),
  ...(["s.agent_name as agentName", "s.created_at as createdAt", "s.metadata"] as const),
] as const

/** What is shown of sessions that were found. */
export const listFoundSessions = (db: Db, keys: { id: string }[]) =>
  kyselyOf(db)
    .selectFrom("sessions as s")
    .where("s.id", "=", anyId("uuid", keys))
    .select(["s.id", "s.message_count as messageCount", ...naming])
    .execute()

const sessionsOf = (keys: MessageKey[]) => [...new Set(keys.map(({ sessionId }) => sessionId))].map((id) => ({ id }))

/** What is shown of messages that were found. */
export const listFoundMessages = (db: Db, keys: MessageKey[], asked: SearchAsked) =>
  kyselyOf(db)
    .selectFrom((eb) =>
      eb
        .selectFrom(
          inputRows(
            "k",
            { session_id: "uuid", message_index: "int" },
            keys.map(({ sessionId, messageIndex }) => ({ session_id: sessionId, message_index: messageIndex })),
          ),
        )
        .innerJoin("messages as m", (join) =>
          join.onRef("m.session_id", "=", "k.session_id").onRef("m.message_index", "=", "k.message_index"),
        )
        .innerJoin("sessions as s", "s.id", "m.session_id")
        .where("s.id", "=", anyId("uuid", sessionsOf(keys)))
        .select(["m.session_id as sessionId", "m.message_index as messageIndex", ...naming])
        .select(({ ref }) => [keyOf(ref("m.data"), "role").as("role"), textOf(keyOf(ref("m.data"), "content"))])
        .offset(sql.lit(0))
        .as("b"),
    )
    .select(["b.sessionId", "b.messageIndex", "b.projectId", "b.itemType", "b.itemId", "b.agentName", "b.createdAt"])
    .select(["b.metadata", "b.role"])
    .select(excerpt(asked))
    .execute()

const keyOf = (data: Expression<Prisma.JsonValue>, key: "role" | "content") => sql<string>`${data} ->> ${sql.lit(key)}`
