import { clientImportRate, peerImportRate } from "./client-import.ts"
import { appendRate, connections, readRate } from "./load.ts"
import { addSession, deepSession, longSession, seedDepth } from "./seed.ts"

export interface RatesOptions {
  ours: string
  peer: string
  /** The database of both. */
  database: string
  rounds: number
  /** Of each round, for each of the two. */
  seconds: number
  /** Only rows whose names have one of these in them; all without. */
  only: string[]
  asJson: boolean
}

/** One round of a row: what ours and the peer do in a second. */
interface Round {
  ours: number
  peer: number
}

interface Row {
  name: string
  prepare?(options: RatesOptions): Promise<void>
  run(options: RatesOptions): Promise<Round>
  /** What is compared: how often ours does what the peer does once, unless told. */
  ratio?(round: Round): number
}

const trpc = (procedure: string, input: object): string =>
  `/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`

const page = `/api/messages/${longSession}`
const middle = `${page}?before_index=50000`
const clips = "/api/clips?project_id=project-3"

/** A row that reads; the peer answers the same at its own address. */
const reading = (name: string, path: string, peerPath = path): Row => ({
  name,
  run: async ({ ours, peer, seconds }) => ({
    ours: await readRate(ours + path, seconds),
    peer: await readRate(peer + peerPath, seconds),
  }),
})

/** A row that appends, to as many sessions as there are connections or to fewer; the peer has others. */
function appending(name: string, messages: number, sessionsOfEach = connections): Row {
  const sessions: { ours: string[]; peer: string[] } = { ours: [], peer: [] }
  return {
    name,
    async prepare({ database }) {
      for (let count = 0; count < sessionsOfEach; count++) {
        sessions.ours.push(await addSession(database))
        sessions.peer.push(await addSession(database))
      }
    },
    run: async ({ ours, peer, seconds }) => ({
      ours: await appendRate(ours, { sessions: sessions.ours, messages }, seconds),
      peer: await appendRate(peer, { sessions: sessions.peer, messages }, seconds),
    }),
  }
}

const rows: Row[] = [
  reading("page of 50 messages, REST, top", page),
  reading("page of 50 messages, REST, middle", middle),
  reading("page of 50 messages, tRPC", trpc("message.list", { sessionId: longSession }), page),
  reading("50 sessions, REST", "/api/sessions"),
  reading("50 sessions, tRPC", trpc("session.list", {}), "/api/sessions"),
  reading("50 clips, REST", clips),
  reading("cards of 36 clips, tRPC", trpc("clip.cards", { limit: 36 }), "/api/library?all=1"),
  appending("append of one message", 1),
  appending("append of one message, all to one session", 1, 1),
  appending("append of 100 messages", 100),
  {
    name: "import of 10,000 messages by the client",
    run: async ({ ours, peer, database }) => ({
      ours: await clientImportRate(ours),
      peer: await peerImportRate(peer, await addSession(database)),
    }),
  },
  // The peer does not search: beside these stands what it takes to read fifty messages.
  ...Object.entries({
    "search, a rare word": "77777",
    "search, a common word": "punchier kick",
    "search, code": 'sbd*4").gain(0.7',
    "search, a mistyped name": "clpi 4711",
  }).map(([name, q]) => reading(name, `/api/search?q=${encodeURIComponent(q)}`, page)),
  {
    // Both are ours: a page a million messages below the end, and how many times as long it takes as one at the end.
    name: "depth 1,000,000 beside the top",
    prepare: ({ database }) => seedDepth(database),
    run: async ({ ours, seconds }) => ({
      ours: await readRate(`${ours}/api/messages/${deepSession}?before_index=50`, seconds),
      peer: await readRate(`${ours}/api/messages/${deepSession}`, seconds),
    }),
    ratio: ({ ours, peer }) => peer / ours,
  },
]

/** The middle one, or what is between the two in the middle. */
function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  const [low = 0, high = low] = sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1)
  return (low + high) / 2
}

/** What ours and the peer do in a second, in turn and as medians; as a table, or as JSON. */
export async function compareRates(options: RatesOptions): Promise<void> {
  const { rounds, seconds, only, asJson } = options
  const say = (line: string): void => void process.stdout.write(`${line}\n`)
  const tell = (line: string) => void (asJson || say(line))
  const measured: ({ name: string; ratio: number } & Round)[] = []
  tell(
    `${connections} connections, ${rounds} rounds of ${seconds} s in turn after one of warming up; a second, medians`,
  )
  for (const { name, prepare, run, ratio = (round: Round) => round.ours / round.peer } of rows) {
    if (only.length > 0 && !only.some((part) => name.includes(part))) continue
    await prepare?.(options)
    await run({ ...options, seconds: 1 })
    const taken: Round[] = []
    for (let round = 0; round < rounds; round++) taken.push(await run(options))
    const row = {
      name,
      ours: median(taken.map(({ ours }) => ours)),
      peer: median(taken.map(({ peer }) => peer)),
      ratio: median(taken.map(ratio)),
    }
    measured.push(row)
    const [own, raw] = [row.ours, row.peer].map((value) => value.toFixed(0).padStart(6))
    tell(`${name.padEnd(42)} ${own} of ${raw}   ratio ${row.ratio.toFixed(2)}`)
  }
  if (asJson) say(JSON.stringify(measured))
}
