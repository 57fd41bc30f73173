import { Agent, get } from "node:http"

/** What the page of all clips asks for, and what of the peer does about the same. */
interface Case {
  procedure: "clip.cards" | "clip.groups" | "clip.facets" | "search.query" | "search.values" | "session.list"
  input: Record<string, unknown>
  peer: string
}

const cards = (input: Record<string, unknown>, peer: string): Case => ({
  procedure: "clip.cards",
  input: { ...input, limit: 36 },
  peer,
})

const found = (q: string, peer: string): Case => ({ procedure: "search.query", input: { q, limit: 50 }, peer })

const cases: Record<string, Case> = {
  "all, the newest first": cards({}, "all=1"),
  "of a project": cards({ projectId: "project-3" }, "project=project-3"),
  "of a tag": cards({ tags: ["tag7"] }, "tag=tag7"),
  "of a tag that most have": cards({ tags: ["drums"] }, "tag=drums"),
  "without a tag": cards({ untagged: true }, "untagged=yes"),
  "of a range of tempo": cards({ bpmMin: 120, bpmMax: 125 }, "bpm_from=120"),
  "of a range of tempo that none has": cards({ bpmMin: 300, bpmMax: 305 }, "bpm_from=300"),
  "of a scale": cards({ scale: "scale 11" }, "scale=scale 11"),
  "of a colour": cards({ color: "#00000b" }, "color=#00000b"),
  "of an author": cards({ author: "author 11" }, "author=author 11"),
  "in songs": cards({ used: true }, "used=yes"),
  unused: cards({ used: false }, "used=no"),
  "that do not play": cards({ state: ["fails"] }, "all=1"),
  "by a common text": cards({ q: "sine.range" }, "text=sine.range"),
  "by a rare text": cards({ q: "Clip 4711" }, "text=Clip 4711"),
  "by a text that none has": cards({ q: "nowhere to be found" }, "text=nowhere to be found"),
  "by two letters that most have": cards({ q: "bd" }, "text=bd"),
  "by two letters that few have": cards({ q: "qz" }, "text=qz"),
  "by two letters that none has": cards({ q: "ÿÿ" }, "text=ÿÿ"),
  "by two characters that none has": cards({ q: "音楽" }, "text=音楽"),
  "by a mistyped name": cards({ q: "Cilp 4711" }, "text=Clip 4711"),
  "by name": cards({ sort: "name" }, "all=1"),
  "by tempo": cards({ sort: "bpm" }, "all=1"),
  "all at once": cards(
    { projectId: "project-7", tags: ["drums"], bpmMin: 100, bpmMax: 140, used: false, q: "gain(0.7" },
    "project=project-7",
  ),
  "by project": { procedure: "clip.groups", input: { by: "project" }, peer: "group=project" },
  "by tag": { procedure: "clip.groups", input: { by: "tag" }, peer: "group=tag" },
  "by tag, those of a text": { procedure: "clip.groups", input: { by: "tag", q: "bd" }, peer: "group=tag" },
  "what to filter by": { procedure: "clip.facets", input: {}, peer: "group=tag" },
  "what to filter a text by": {
    procedure: "clip.facets",
    input: { q: "sine.range", tags: ["drums"] },
    peer: "group=tag",
  },
  "sessions by a mistyped name": { procedure: "session.list", input: { q: "Sesion 471" }, peer: "text=Clip 4711" },
  "tags that begin so": { procedure: "search.values", input: { filter: "tag", begins: "ta" }, peer: "group=tag" },
  "search, a rare word": found("77777", "text=77777"),
  "search, a common word": found("punchier kick", "text=punchier kick"),
  "search, accents of a common word": found("pûnchiér kíck", "text=punchier kick"),
  "search, two characters": found("鼓机", "text=鼓机"),
  "search, one character": found("鼓", "text=鼓"),
  "search, accents or none": found("creme brulee", "text=crème brûlée"),
  "search, a picture": found("🥁", "text=🥁"),
  "search, a mistyped name": found("clpi 4711", "text=Clip 4711"),
  "search, code": found('sbd*4").gain(0.7', 'text=sbd*4").gain(0.7'),
}

const times = 60
/** Answers that warm up what is measured. */
const before = 5
const agent = new Agent({ keepAlive: true })

/** Milliseconds until an answer is read to its end. */
const timeOf = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const asked = performance.now()
    get(url, { agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`))
      response.resume().on("end", () => resolve(performance.now() - asked))
    }).on("error", reject)
  })

const share = (sorted: number[], part: number): number => sorted[Math.ceil(sorted.length * part) - 1] ?? 0

const shown = (milliseconds: number): string => milliseconds.toFixed(1).padStart(6)

/** What an answer takes, in milliseconds: the median, and what one in twenty exceeds. */
interface Taken {
  name: string
  p50: number
  p95: number
}

const takenOf = (name: string, times: number[]): Taken => {
  const sorted = times.slice(before).toSorted((one, other) => one - other)
  return { name, p50: share(sorted, 0.5), p95: share(sorted, 0.95) }
}

/** Measures what one person at the library waits for, ours and the peer in turn; as a table, or as JSON of ours. */
export async function measureLibrary(ours: string, peer: string, asJson: boolean): Promise<void> {
  const say = (line: string) => void (asJson || process.stdout.write(`${line}\n`))
  say(`\nthe library of 10,000 clips, ${times} answers each in turn; ms`)
  say(`${"".padEnd(38)}    p50    p95   peer p50    p95   times the peer's p50`)
  const measured: Taken[] = []
  for (const [name, { procedure, input, peer: query }] of Object.entries(cases)) {
    const own = `${ours}/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`
    const [key = "", ...value] = query.split("=")
    const raw = `${peer}/api/library?${new URLSearchParams({ [key]: value.join("=") })}`
    const taken: { own: number; raw: number }[] = []
    for (let round = 0; round < before + times; round++) taken.push({ own: await timeOf(own), raw: await timeOf(raw) })
    const mine = takenOf(
      name,
      taken.map((each) => each.own),
    )
    const theirs = takenOf(
      name,
      taken.map((each) => each.raw),
    )
    measured.push(mine)
    const ratio = (mine.p50 / theirs.p50).toFixed(2)
    say(
      `${name.padEnd(38)} ${shown(mine.p50)} ${shown(mine.p95)}     ${shown(theirs.p50)} ${shown(theirs.p95)}   ${ratio}`,
    )
  }
  agent.destroy()
  if (asJson) process.stdout.write(`${JSON.stringify(measured)}\n`)
}
