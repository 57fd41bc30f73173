import { foldText } from "@strudel-agent/contract/search/fold"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

/** A text as it is kept, what finds it, and what of it is marked. */
type Case = [kept: string, asked: string, marked: string]

const nfd = (text: string) => text.normalize("NFD")

const cases: Case[] = [
  ["音楽を打ち込みで作る", "音楽", "音楽"],
  ["深夜に合成器で即興演奏", "成器", "成器"],
  ["深夜的鼓机很响", "鼓机", "鼓机"],
  ["低音要更重一点", "一点", "一点"],
  ["ベースラインを太くして", "ライ", "ライ"],
  ["킥드럼을 더 세게", "드럼", "드럼"],
  ["리듬이 너무 빨라요", "빨라", "빨라"],
  [nfd("합성기 소리"), "합성", nfd("합성")],
  ["ﾊｲﾊｯﾄをｶﾞﾁｬと", "ガチャ", "ｶﾞﾁｬ"],
  ["ペダル踏む", nfd("ペダ"), "ペダ"],
  ["ＦＵＺＺ　ｐｅｄａｌ", "fuzz pedal", "ＦＵＺＺ ｐｅｄａｌ"],
  ["quartz", "ｑｕａｒｔｚ", "quartz"],
  ["東", "東", "東"],
  ["จังหวะเร็วมาก", "เร็ว", "เร็ว"],
  ["crème brûlée", "creme brulee", "crème brûlée"],
  ["jalapeno tempo", "jalapeño", "jalapeno"],
  [nfd("séance nocturne"), "séance", nfd("séance")],
  ["fiancée tardive", nfd("fiancée"), "fiancée"],
  [nfd("naïveté"), "naivete", nfd("naïveté")],
  ["İstanbul'da gece", "istanbul", "İstanbul"],
  ["Diyarbakır ışık", "diyarbakir isik", "Diyarbakır ışık"],
  ["DIYAR ILIK", "dıyar ılık", "DIYAR ILIK"],
  ["Straßenlärm", "strassenlarm", "Straßenlärm"],
  ["grosse Trommel", "große trommel", "grosse Trommel"],
  ["ﬂûte ﬁnale", "flute finale", "ﬂûte ﬁnale"],
  ["smørrebrød", "smorrebrod", "smørrebrød"],
  ["Łódź nocą", "lodz noca", "Łódź nocą"],
  ["Cœur ævum", "coeur aevum", "Cœur ævum"],
  ["Тёплый бас", "теплый", "Тёплый"],
  ["зеленый шум", "зелёный", "зеленый"],
  ["ГРОМКИЙ ДОЖДЬ", "громкий дождь", "ГРОМКИЙ ДОЖДЬ"],
  ["Ὀδυσσεύς νύχτα", "οδυσσευσ", "Ὀδυσσεύς"],
  ["Tiếng trống đầy", "tieng trong day", "Tiếng trống đầy"],
  [nfd("Nhạc điện tử"), "nhac dien tu", nfd("Nhạc điện tử")],
  ["مَرْحَبًا بالإيقاع", "مرحبا", "مَرْحَبًا"],
  ["طبل قوي", "طَبْل", "طبل"],
  ["שָׁלוֹם לתוף", "שלום", "שָׁלוֹם"],
  ["קצב", "קֶצֶב", "קצב"],
  ["more 🥁 please", "🥁", "🥁"],
  ["hands 👏🏽 up", "👏", "👏🏽"],
  ["wave 👋 there", "👋🏿", "👋"],
  ["she 👩🏽‍🎤 sings", "👩‍🎤", "👩🏽‍🎤"],
  ["love ❤️ this", "❤", "❤️"],
  ["from 🇯🇵 to 🇧🇷", "🇧🇷", "🇧🇷"],
  ["in ♭minor", "♭", "♭"],
  ["kick—snare…hat", "snare", "snare"],
  ["soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth", "soft\u00adhyphen zero\u200bwidth"],
  ["Zalgo̷̢ text", "zalgo", "Zalgo̷̢"],
]

let test: TestCaller
const sessionOf = (place: number) => `0198a000-0000-7000-8000-${String(place).padStart(12, "0")}`

beforeAll(async () => {
  test = await createTestCaller()
  const { caller } = test
  await caller.project.create({ id: "p", name: "P" })
  await caller.session.create({ id: sessionOf(9999), name: "Talk" })
  await caller.message.append({
    sessionId: sessionOf(9999),
    messages: cases.map(([content]) => ({ role: "user" as const, content: `Well, ${content}, said.` })),
  })
  for (const [place, [text]] of cases.entries()) {
    await caller.clip.create({ projectId: "p", id: `name${place}`, name: text, code: "" })
    await caller.clip.create({ projectId: "p", id: `code${place}`, name: "C", code: `// one\n// ${text}\ns("bd")` })
    await caller.song.create({ projectId: "p", id: `song${place}`, name: text, body: "" })
    await caller.session.create({ id: sessionOf(place), name: text })
    await caller.project.create({ id: `p${place}`, name: text })
    await caller.playlist.create({ projectId: "p", id: `list${place}`, name: text, body: "" })
  }
}, 60_000)
afterAll(() => test.close())

const search = async (q: string) => (await test.caller.search.query({ q, limit: 200 })).items
/** What is marked in a snippet, in one line: of code the whole is, of what is said each word. */
const marksOf = (hit: Awaited<ReturnType<typeof search>>[number] | undefined) =>
  hit?.snippet
    .flatMap((part) => (part.hit ? [part.text] : []))
    .join(" ")
    .replaceAll("　", " ")

const places = cases.map((each, place) => ({ place, kept: each[0], asked: each[1], marked: each[2] }))

describe("in any script, with accents or without, in one piece or in several", () => {
  it.each(places)("$asked finds $kept, and what is marked is $marked", async ({ place, asked, marked }) => {
    const items = await search(asked)
    expect(items.map(({ kind, id }) => `${kind} ${id}`)).toEqual(
      expect.arrayContaining([
        `message ${sessionOf(9999)}/${place}`,
        `clip name${place}`,
        `clip code${place}`,
        `song song${place}`,
        `playlist list${place}`,
        `session ${sessionOf(place)}`,
        `project p${place}`,
      ]),
    )
    const code = items.find(({ id }) => id === `code${place}`)
    expect(code?.line).toBe(2)
    const said = items.find(({ id }) => id === `${sessionOf(9999)}/${place}`)
    expect([code, said].map(marksOf)).toEqual([marked, marked])
  })

  it.each(places)("$asked lists what is named $kept", async ({ place, asked }) => {
    const { caller } = test
    const lists = await Promise.all([
      caller.clip.cards({ q: asked, limit: 200 }),
      caller.clip.list({ q: asked, limit: 200 }),
      caller.song.list({ q: asked, limit: 200 }),
      caller.playlist.list({ q: asked, limit: 200 }),
      caller.session.list({ q: asked, limit: 200 }),
      caller.project.list({ q: asked, limit: 200 }),
    ])
    const ids = lists.map(({ items }) => items.map(({ id }) => id))
    expect(ids).toEqual(
      [`name${place}`, `code${place}`, `song${place}`, `list${place}`, sessionOf(place), `p${place}`].map((id) =>
        expect.arrayContaining([id]),
      ),
    )
  })
})

describe("the database and the page", () => {
  it("fold every character alike that Unicode has had for long", async () => {
    const spans = [
      [0x1, 0x1c7f],
      [0x1c90, 0xa7c9],
      [0xa800, 0xd7ff],
      [0xe000, 0xffff],
      [0x1f000, 0x1faff],
    ]
    const kept = spans.flatMap(([from = 0, to = 0]) =>
      Array.from({ length: to - from + 1 }, (_, place) => String.fromCodePoint(from + place)),
    )
    const rows = await test.database.db.$queryRaw<{ kept: string; folded: string }[]>`
      SELECT kept, search_fold(kept) AS folded FROM unnest(${kept}::text[]) AS kept`
    expect(rows.filter(({ kept, folded }) => foldText(kept) !== folded)).toEqual([])
    expect(rows).toHaveLength(kept.length)
  })

  it("take any text of the longest length, however many words it has", async () => {
    const { caller } = test
    const texts = [
      Array.from({ length: 60_000 }, (_, i) => String.fromCodePoint(0x20000 + ((i * 7919) % 42_000))).join(""),
      Array.from({ length: 60_000 }, (_, i) => String.fromCodePoint(0x4e00 + ((i * i) % 20_000))).join(" "),
      "\u{fdfa}".repeat(80_000),
      Array.from({ length: 80_000 }, (_, i) => String.fromCodePoint(0x3300 + (i % 256))).join(""),
      Array.from({ length: 30_000 }, (_, i) => `é${i.toString(36)}`).join("-"),
      "e\u0301".repeat(80_000),
    ]
    for (const content of texts) {
      await caller.message.append({ sessionId: sessionOf(1), messages: [{ role: "user", content }] })
    }
    const [first = ""] = texts
    const found = await search([...first].slice(100, 102).join(""))
    expect(found.map(({ id }) => id)).toContain(`${sessionOf(1)}/0`)
  }, 60_000)
})
