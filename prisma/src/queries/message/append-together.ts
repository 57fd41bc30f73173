import type { Db } from "../../client.ts"
import { isDuplicate, isRefused, isUnsupported } from "../../errors.ts"
import { Prisma } from "../../generated/client.ts"
import type { JsonPart } from "../sql/json-parts.ts"
import { readOne } from "../sql/written-rows.ts"

/** What one statement stores at most, in messages and in characters of JSON. */
const most = { messages: 200, characters: 256 * 1024 }
/** Statements that are on their way at once: one is made ready while PostgreSQL works on the other. */
const atOnce = 2
/** Milliseconds after which nobody waits for a statement that is on its way. */
const longestWait = 1000

/** Messages for a session without any history, as one JSON array of what their rows are made of, and their client ids. */
export interface SmallAppend extends JsonPart {
  sessionId: string
  clientIds: string[]
  /** How many of them there are up to the last one of a person; 0 where none is. */
  asked: number
}

/** What a session comes to wait for by new messages: an answer to the last one of a person, where its agent is ours. */
export const askedBy = (asked: Prisma.Sql): Prisma.Sql => Prisma.sql`
  asked_count = CASE WHEN ${asked} > 0 AND answered_by = 'strudel' THEN message_count + ${asked} ELSE asked_count END`

interface Waiting extends SmallAppend {
  /** The index of the first, nothing where the append has to go by itself, or why the database did not answer. */
  answer(first: number | undefined): void
  fail(error: unknown): void
}

/**
 * Appends of one statement: how many messages each session gets, how many up to the last one of a person, and where among
 * those each append begins.
 */
function placesOf(appends: Waiting[]) {
  const counts = new Map<string, number>()
  const askedCounts = new Map<string, number>()
  const begins = appends.map(({ sessionId, rows, asked }) => {
    const begin = counts.get(sessionId) ?? 0
    counts.set(sessionId, begin + rows)
    askedCounts.set(sessionId, asked > 0 ? begin + asked : (askedCounts.get(sessionId) ?? 0))
    return begin
  })
  return { counts, askedCounts, begins }
}

/**
 * Stores appends in one statement, and answers the first index that each session gave. A session gives none that is
 * locked, as waiting for locks of several sessions could wait for each other, that is terminated or not there, or that has
 * a message of one of these client ids.
 */
const storeAll = (appends: Waiting[], { counts, askedCounts, begins }: ReturnType<typeof placesOf>): Prisma.Sql => {
  const ids = [...counts.keys()]
  const sessions = appends.flatMap(({ sessionId, rows }) => Array.from({ length: rows }, () => sessionId))
  const places = appends.flatMap(({ rows }, i) => Array.from({ length: rows }, (_, row) => (begins[i] ?? 0) + row))
  const json = `[${appends.map((append) => append.json.slice(1, -1)).join(",")}]`
  return Prisma.sql`
    WITH wanted AS (
      SELECT * FROM unnest(${ids}::uuid[], ${[...counts.values()]}::int[], ${[...askedCounts.values()]}::int[])
        WITH ORDINALITY AS sent(id, count, asked, place)
    ), input AS MATERIALIZED (
      SELECT sent.session_id, sent.place, sent.row -> 'data' AS data, (sent.row ->> 'client_id')::uuid AS client_id
      FROM ROWS FROM (unnest(${sessions}::uuid[]), unnest(${places}::int[]), jsonb_array_elements(${json}::jsonb))
        AS sent(session_id, place, row)
    ), open AS MATERIALIZED (
      SELECT s.id FROM sessions s
      WHERE s.id = ANY(${ids}::uuid[]) AND s.status <> 'terminated' AND s.id NOT IN (
        SELECT known.session_id FROM input
        JOIN messages known ON known.session_id = input.session_id AND known.client_id = input.client_id
      )
      FOR NO KEY UPDATE OF s SKIP LOCKED
    ), taken AS (
      UPDATE sessions s SET message_count = s.message_count + wanted.count, updated_at = now(), last_activity = now(), status = 'active',
        ${askedBy(Prisma.sql`wanted.asked`)}
      FROM wanted JOIN open USING (id) WHERE s.id = wanted.id
      RETURNING s.id, wanted.place, s.message_count - wanted.count AS first
    ), stored AS (
      INSERT INTO messages (session_id, message_index, data, client_id)
      SELECT taken.id, taken.first + input.place, input.data, input.client_id FROM input JOIN taken ON taken.id = input.session_id
    )
    SELECT coalesce(json_object_agg(place, first), '{}') AS firsts FROM taken`
}

/** The appends of a client, as they are gathered. */
class AppendQueue {
  readonly #db: Db
  #waiting: Waiting[] = []
  /** Sessions to which is appended by a statement that is on its way. */
  readonly #busy = new Set<string>()
  #running = 0
  /** Statements that take long. */
  #slow = 0
  #isPlanned = false
  /** Databases on many machines take no statement for several sessions. */
  #isSupported = true

  constructor(db: Db) {
    this.#db = db
  }

  append(append: SmallAppend): Promise<number | undefined> {
    const isLarge = append.rows > most.messages || append.json.length > most.characters
    if (isLarge || this.#slow > 0 || !this.#isSupported) return Promise.resolve(undefined)
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...append, answer: resolve, fail: reject })
      this.#plan()
    })
  }

  /** Lets those who come in the same turn of the event loop come along. */
  #plan(): void {
    if (this.#isPlanned || this.#running >= atOnce || this.#waiting.length === 0) return
    this.#isPlanned = true
    setImmediate(() => {
      this.#isPlanned = false
      void this.#store(this.#take())
    })
  }

  /** Takes what fits into a statement, each session's appends in the order in which they came. */
  #take(): Waiting[] {
    const left = { ...most }
    const held = new Set(this.#busy)
    const clientIds = new Set<string>()
    const taken: Waiting[] = []
    const rest: Waiting[] = []
    for (const append of this.#waiting) {
      const fits = append.rows <= left.messages && append.json.length <= left.characters
      const isAgain = append.clientIds.some((id) => clientIds.has(id))
      if (fits && !isAgain && !held.has(append.sessionId)) {
        for (const id of append.clientIds) clientIds.add(id)
        left.messages -= append.rows
        left.characters -= append.json.length
        taken.push(append)
      } else {
        held.add(append.sessionId)
        rest.push(append)
      }
    }
    this.#waiting = rest
    return taken
  }

  async #store(appends: Waiting[]): Promise<void> {
    if (appends.length === 0) return
    const places = placesOf(appends)
    for (const id of places.counts.keys()) this.#busy.add(id)
    this.#running++
    let isSlow = false
    const timer = setTimeout(() => {
      isSlow = true
      this.#slow++
      for (const append of this.#waiting.splice(0)) append.answer(undefined)
    }, longestWait)
    this.#plan()
    try {
      const stored = await readOne<{ firsts: Record<string, number> }>(this.#db, storeAll(appends, places))
      const sessions = [...places.counts.keys()]
      for (const [i, append] of appends.entries()) {
        const first = stored?.firsts[sessions.indexOf(append.sessionId) + 1]
        append.answer(first === undefined ? undefined : first + (places.begins[i] ?? 0))
      }
    } catch (error) {
      // Only what PostgreSQL refused is certain not to be stored, and may be stored otherwise.
      const goOn = isRefused(error) && (appends.length > 1 || !isDuplicate(error))
      this.#isSupported &&= !isUnsupported(error)
      for (const append of appends) goOn ? append.answer(undefined) : append.fail(error)
    } finally {
      clearTimeout(timer)
      if (isSlow) this.#slow--
      for (const id of places.counts.keys()) this.#busy.delete(id)
      this.#running--
      this.#plan()
    }
  }
}

const queues = new WeakMap<Db, AppendQueue>()

/**
 * Appends a message or a few to a session in one statement with what others append meanwhile. Answers the index of the
 * first, and undefined where that append has to go by itself: it is large, or its session is locked, terminated or not
 * there, or one of its messages is stored, or another append made the statement fail.
 */
export function appendTogether(db: Db, append: SmallAppend): Promise<number | undefined> {
  const queue = queues.get(db) ?? new AppendQueue(db)
  queues.set(db, queue)
  // One session has to be known by one name, and so does a client id.
  const clientIds = append.clientIds.map((id) => id.toLowerCase())
  return queue.append({ ...append, clientIds, sessionId: append.sessionId.toLowerCase() })
}
