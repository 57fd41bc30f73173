const clips = 1_000
const filesOfRequest = 100
const projectId = "import"
/** Milliseconds between two requests of somebody who works meanwhile. */
const pause = 20
/** Seconds for which these are timed at rest. */
const secondsAtRest = 5

const codes = [
  's("bd*4, ~ cp, hh*8")',
  'note("<c2 eb2 g1 bb1>*8").s("sawtooth").lpf(sine.range(300, 2000).slow(4))',
  'n(irand(8).segment(16)).scale("C:minor").s("triangle")',
  'setcpm(120/4)\n$: s("bd*2").every(4, fast(2))\n$: note("c3 [e3 g3]").s("square").jux(rev)',
]

interface File {
  path: string
  content: string
}

const fileOf = (index: number): File => ({
  path: `clips/clip-${index}.js`,
  content: Buffer.from(`${codes[index % codes.length]}\n// ${index}`).toString("base64"),
})

async function expectOk(response: Response): Promise<string> {
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text.slice(0, 200)}`)
  return text
}

async function importFiles(url: string, files: File[]): Promise<void> {
  const headers = { "content-type": "application/json" }
  const body = JSON.stringify({ projectId, files })
  await expectOk(await fetch(`${url}/trpc/project.importFiles`, { method: "POST", headers, body }))
}

/** How many clips the server has yet to listen to, as the library's page asks for it. */
async function waiting(url: string): Promise<number> {
  const text = await expectOk(await fetch(`${url}/trpc/clip.analysisProgress`))
  return Number(/"pending":(\d+)/.exec(text)?.[1])
}

/** Milliseconds that requests take which are sent one after the other until it is told to stop. */
function timeRequests(url: string) {
  const paths = [`/api/clips?project_id=${projectId}`, "/api/sessions", "/api/search?q=kick"]
  const times: number[] = []
  let stopped = false
  const work = async () => {
    for (let count = 0; !stopped; count++) {
      const begun = performance.now()
      await expectOk(await fetch(url + paths[count % paths.length]))
      times.push(performance.now() - begun)
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
  const running = work()
  return async (): Promise<number[]> => {
    stopped = true
    await running
    return times.sort((one, other) => one - other)
  }
}

const at = (times: number[], share: number): number => times[Math.floor((times.length - 1) * share)] ?? 0
const milliseconds = (time: number): string => `${time.toFixed(1)} ms`

/** Imports clips into a running server and answers in lines how long it listens to them, and what others notice of it. */
export async function measureImport(url: string): Promise<string[]> {
  await importFiles(
    url,
    Array.from({ length: filesOfRequest }, (_, index) => fileOf(clips + index)),
  )
  while ((await waiting(url)) > 0) await new Promise((resolve) => setTimeout(resolve, 200))

  const rest = timeRequests(url)
  await new Promise((resolve) => setTimeout(resolve, secondsAtRest * 1000))
  const calm = await rest()

  const meanwhile = timeRequests(url)
  const begun = performance.now()
  const seconds = () => ((performance.now() - begun) / 1000).toFixed(1)
  for (let from = 0; from < clips; from += filesOfRequest)
    await importFiles(
      url,
      Array.from({ length: filesOfRequest }, (_, index) => fileOf(from + index)),
    )
  const imported = seconds()
  const progress: number[] = []
  for (let left = await waiting(url); left > 0; left = await waiting(url)) {
    progress.push(left)
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
  const heard = seconds()
  const busy = await meanwhile()
  return [
    `${clips} clips imported after ${imported} s and listened to after ${heard} s; waiting each second: ${progress.join(" ")}`,
    `${busy.length} requests meanwhile beside ${calm.length} at rest: ${["median", "99 of 100", "longest"]
      .map((name, index) => {
        const share = [0.5, 0.99, 1][index] ?? 1
        return `${name} ${milliseconds(at(busy, share))} of ${milliseconds(at(calm, share))}`
      })
      .join(", ")}; ratio of medians ${(at(busy, 0.5) / at(calm, 0.5)).toFixed(2)}`,
  ]
}
