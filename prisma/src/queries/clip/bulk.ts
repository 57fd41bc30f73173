import { type SqlBool, sql } from "kysely"
import type { Db } from "../../client.ts"
import type { Prisma } from "../../generated/client.ts"
import { kyselyOf } from "../../kysely.ts"
import { insertRemovals } from "../removal.ts"
import { jsonOf, now } from "../sql/columns.ts"
import { anyOf, inputRows } from "../sql/input-rows.ts"
import type { ClipKey } from "./filter.ts"

/** Keys as rows `k`. */
const keyRows = (keys: ClipKey[]) => inputRows("k", { projectId: "text", id: "text" }, keys)

export type LockedClip = ClipKey & { name: string; metadata: Prisma.JsonValue }

/**
 * Locks clips until the transaction ends and reads them without their code, in the order of their keys, so that two
 * calls never wait for each other. No song can begin to use a locked clip. Those that are not there are left out. One
 * statement for each project: on many machines none locks rows of more than one.
 */
export async function lockClips(tx: Db, keys: ClipKey[]): Promise<LockedClip[]> {
  const locked: LockedClip[] = []
  for (const projectId of [...new Set(keys.map((key) => key.projectId))].sort()) {
    const ids = keys.flatMap((key) => (key.projectId === projectId ? [key.id] : []))
    const rows = await kyselyOf(tx)
      .selectFrom("clips as c")
      .select(["c.project_id as projectId", "c.id", "c.name", "c.metadata"])
      .where("c.project_id", "=", projectId)
      .where("c.id", "=", anyOf("text", ids))
      .orderBy("c.id")
      .forUpdate()
      .execute()
    locked.push(...rows)
  }
  return locked
}

/** Gives locked clips other metadata and writes their next versions, in one statement. */
export const reviseClipMetadata = (
  tx: Db,
  changes: (ClipKey & { metadata: Prisma.InputJsonObject })[],
): Promise<(ClipKey & { version: number })[]> =>
  kyselyOf(tx)
    .with("changed", (qb) =>
      qb
        .updateTable("clips as c")
        .from(inputRows("x", { projectId: "text", id: "text", metadata: "jsonb" }, changes))
        .set((eb) => ({
          metadata: jsonOf(eb.ref("x.metadata")),
          version: eb("c.version", "+", 1),
          updated_at: now,
        }))
        .whereRef("c.project_id", "=", "x.projectId")
        .whereRef("c.id", "=", "x.id")
        .returning(["c.project_id", "c.id", "c.version", "c.name", "c.code", "c.metadata"]),
    )
    .insertInto("clip_versions")
    .columns([
      ...(["project_id", "clip_id", "version", "name", "code", "metadata"] as const),
      ...(["state", "problem", "cps", "events", "cycles", "sounds", "samples", "picture"] as const),
      ...(["audio", "audio_problem"] as const),
    ])
    .expression(({ selectFrom }) =>
      selectFrom("changed as c")
        .leftJoin("clip_versions as f", (join) =>
          join
            .onRef("f.project_id", "=", "c.project_id")
            .onRef("f.clip_id", "=", "c.id")
            .on((eb) => eb("f.version", "=", eb("c.version", "-", 1))),
        )
        .select(["c.project_id", "c.id", "c.version", "c.name", "c.code", "c.metadata"])
        .select(({ ref }) => [
          ...(["f.state", "f.problem", "f.cps", "f.events", "f.cycles"] as const),
          sql<string[]>`coalesce(${ref("f.sounds")}, '{}')`.as("sounds"),
          sql<string[]>`coalesce(${ref("f.samples")}, '{}')`.as("samples"),
          ...(["f.picture", "f.audio", "f.audio_problem"] as const),
        ]),
    )
    .returning(["project_id as projectId", "clip_id as id", "version"])
    .execute()

/** Forgets the files that clips were imported from. */
const removeFilesOf = (tx: Db, keys: ClipKey[]) =>
  kyselyOf(tx)
    .deleteFrom("project_files as f")
    .using(keyRows(keys))
    .whereRef("f.project_id", "=", "k.projectId")
    .where("f.item_type", "=", "clip")
    .whereRef("f.item_id", "=", "k.id")
    .execute()

/**
 * Removes clips with their versions and the files they were imported from, and notes each. Refused by the database where
 * a song uses one.
 */
export async function removeClips(tx: Db, keys: ClipKey[]): Promise<void> {
  await removeFilesOf(tx, keys)
  const removed = await kyselyOf(tx)
    .deleteFrom("clips as c")
    .using(keyRows(keys))
    .whereRef("c.project_id", "=", "k.projectId")
    .whereRef("c.id", "=", "k.id")
    .returning(["c.project_id as projectId", "c.id"])
    .execute()
  await insertRemovals(tx, "clip", removed)
}

/** Ids of a project's clips that begin with one of these texts. */
export async function listClipIdsLike(db: Db, projectId: string, beginnings: string[]): Promise<string[]> {
  if (beginnings.length === 0) return []
  const rows = await kyselyOf(db)
    .selectFrom("clips as c")
    .select("c.id")
    .where("c.project_id", "=", projectId)
    .where(({ exists, ref, selectFrom }) =>
      exists(
        selectFrom(
          inputRows(
            "b",
            { beginning: "text" },
            beginnings.map((beginning) => ({ beginning })),
          ),
        )
          .select("b.beginning")
          .where(sql<SqlBool>`starts_with(${ref("c.id")}, ${sql.ref("b.beginning")})`),
      ),
    )
    .execute()
  return rows.map(({ id }) => id)
}

export interface ClipMove {
  from: ClipKey
  to: ClipKey
}

const moveRows = (moves: ClipMove[]) =>
  inputRows(
    "m",
    { fromProject: "text", fromId: "text", toProject: "text", toId: "text" },
    moves.map(({ from, to }) => ({
      fromProject: from.projectId,
      fromId: from.id,
      toProject: to.projectId,
      toId: to.id,
    })),
  )

/** What a clip keeps that moves. */
const clipColumns = [
  ...(["name", "code", "metadata", "version", "created_at", "state", "problem", "analysed_at"] as const),
  ...(["loudness", "peak", "brightness", "density", "clipping", "likeness"] as const),
] as const

const versionColumns = [
  ...([
    "version",
    "name",
    "code",
    "metadata",
    "session_id",
    "message_index",
    "created_at",
    "state",
    "problem",
  ] as const),
  ...(["cps", "events", "cycles", "sounds", "samples", "picture", "attempts", "claimed_until"] as const),
  ...(["audio", "audio_problem", "audio_attempts", "audio_claimed_until"] as const),
] as const

const fileColumns = ["path", "content", "item_type", "broken_links", "created_at"] as const

const prefixed = <As extends string, Column extends string>(as: As, columns: readonly Column[]) =>
  columns.map((column): `${As}.${Column}` => `${as}.${column}`)

/**
 * Moves locked clips, which no song uses, to another project: with another key a clip lies on another machine, so it is
 * copied and removed. Their versions and the sessions about them follow. Who follows the changes hears that the former
 * keys are gone.
 */
export async function moveClips(tx: Db, moves: ClipMove[]): Promise<void> {
  const kysely = kyselyOf(tx)
  await kysely
    .insertInto("clips")
    .columns(["project_id", "id", ...clipColumns, "updated_at"])
    .expression(({ selectFrom }) =>
      selectFrom("clips as c")
        .innerJoin(moveRows(moves), (join) =>
          join.onRef("c.project_id", "=", "m.fromProject").onRef("c.id", "=", "m.fromId"),
        )
        .select(["m.toProject", "m.toId", ...prefixed("c", clipColumns), now.as("updated_at")]),
    )
    .execute()
  await kysely
    .insertInto("clip_versions")
    .columns(["project_id", "clip_id", ...versionColumns])
    .expression(({ selectFrom }) =>
      selectFrom("clip_versions as v")
        .innerJoin(moveRows(moves), (join) =>
          join.onRef("v.project_id", "=", "m.fromProject").onRef("v.clip_id", "=", "m.fromId"),
        )
        .select(["m.toProject", "m.toId", ...prefixed("v", versionColumns)]),
    )
    .execute()
  await kysely
    .deleteFrom("clips as c")
    .using(moveRows(moves))
    .whereRef("c.project_id", "=", "m.fromProject")
    .whereRef("c.id", "=", "m.fromId")
    .execute()
  await kysely
    .updateTable("sessions as s")
    .from(moveRows(moves))
    .set(({ ref }) => ({ project_id: ref("m.toProject"), item_id: ref("m.toId"), updated_at: now }))
    .whereRef("s.project_id", "=", "m.fromProject")
    .where("s.item_type", "=", "clip")
    .whereRef("s.item_id", "=", "m.fromId")
    .execute()
  await insertRemovals(
    tx,
    "clip",
    moves.map(({ from }) => from),
  )
}

export interface ClipUse extends ClipKey {
  songId: string
  songName: string
}

/** The songs that clips stand in: of each clip the first five by their ids. */
export const listClipUses = (db: Db, keys: ClipKey[]): Promise<ClipUse[]> =>
  kyselyOf(db)
    .selectFrom(({ selectFrom }) =>
      selectFrom("song_clips as u")
        .innerJoin(keyRows(keys), (join) =>
          join.onRef("u.project_id", "=", "k.projectId").onRef("u.clip_id", "=", "k.id"),
        )
        .innerJoin("songs as s", (join) =>
          join.onRef("s.project_id", "=", "u.project_id").onRef("s.id", "=", "u.song_id"),
        )
        .select(["u.project_id as projectId", "u.clip_id as id", "u.song_id as songId", "s.name as songName"])
        .select(sql<number>`row_number() OVER (PARTITION BY u.project_id, u.clip_id ORDER BY u.song_id)`.as("place"))
        .groupBy(["u.project_id", "u.clip_id", "u.song_id", "s.name"])
        .as("use"),
    )
    .select(["use.projectId", "use.id", "use.songId", "use.songName"])
    .where("use.place", "<=", sql.lit(5))
    .orderBy("use.projectId")
    .orderBy("use.id")
    .orderBy("use.songName")
    .execute()

/** The paths of the files that clips were imported from. */
export const listClipFiles = (db: Db, keys: ClipKey[]): Promise<(ClipKey & { path: string })[]> =>
  kyselyOf(db)
    .selectFrom("project_files as f")
    .innerJoin(keyRows(keys), (join) =>
      join.onRef("f.project_id", "=", "k.projectId").on("f.item_type", "=", "clip").onRef("f.item_id", "=", "k.id"),
    )
    .select(["f.project_id as projectId", "k.id", "f.path"])
    .orderBy("f.project_id")
    .orderBy("f.path")
    .execute()

/** Takes the files of clips that move to another project along under their paths, and forgets those of `left`. */
export async function moveClipFiles(tx: Db, moves: ClipMove[], left: ClipKey[]): Promise<void> {
  await removeFilesOf(tx, left)
  const kysely = kyselyOf(tx)
  await kysely
    .insertInto("project_files")
    .columns(["project_id", "item_id", ...fileColumns, "updated_at"])
    .expression(({ selectFrom }) =>
      selectFrom("project_files as f")
        .innerJoin(moveRows(moves), (join) =>
          join.onRef("f.project_id", "=", "m.fromProject").onRef("f.item_id", "=", "m.fromId"),
        )
        .select(["m.toProject", "m.toId", ...prefixed("f", fileColumns), now.as("updated_at")])
        .where("f.item_type", "=", "clip"),
    )
    .execute()
  await removeFilesOf(
    tx,
    moves.map(({ from }) => from),
  )
}
