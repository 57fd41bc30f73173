import { describe, expect, it } from "vitest"
import {
  beatsIn,
  endless,
  type Playable,
  playableClip,
  playableOfClip,
  tempoTogether,
  withClip,
  withCode,
  withoutClip,
} from "./playable.ts"
import { playableOfPlaylist, playableOfSong } from "./song-plan.ts"

const clip = (id: string, code = `s("${id}")`, metadata: Record<string, unknown> = {}) =>
  playableClip({ projectId: "p", id, name: id.toUpperCase(), code, metadata })

describe("the tempo of a clip", () => {
  it("is that of its metadata where its code leaves it open", () => {
    expect(clip("a", 's("bd")', { bpm: 120 }).cps).toBe(0.5)
    expect(clip("a", "setcpm(90/4)\ns('bd')", { bpm: 120 }).cps).toBeNull()
    expect(clip("a", 's("bd").cpm(30)', { bpm: 120 }).cps).toBeNull()
    expect(clip("a").cps).toBeNull()
  })

  it("is that of the first that has one where several play", () => {
    const open = clip("open")
    const told = clip("told", "s('x')", { bpm: 240 })
    const set = clip("set", "setcps(1)")
    expect(tempoTogether([open, told, set])).toBe(1)
    expect(tempoTogether([open, set, told])).toBeNull()
  })
})

describe("the beats of a cycle", () => {
  const fast = clip("fast", "setcps(138/60)\ns('bd')", { bpm: 138 })

  it("are those by which what a clip's code sets is what its metadata tell", () => {
    expect(beatsIn(playableOfClip(fast, "clip:p/fast"), 0, 138 / 60)).toBe(1)
    expect(beatsIn(playableOfClip(clip("a", "s('bd')", { bpm: 138 }), "clip:p/a"), 0, 138 / 240)).toBe(4)
  })

  it("are set by hand, and the clip plays as fast as that makes its bpm", () => {
    const waltz = clip("waltz", "s('bd*3')", { bpm: 90, beats_per_cycle: 3 })
    expect(waltz.cps).toBe(0.5)
    expect(beatsIn(playableOfClip(waltz, "clip:p/waltz"), 0, 0.5)).toBe(3)
  })

  it("of a song that tells a bpm are those of its clips", () => {
    const song = { ...text("- [A](clip:fast)", ["fast"]), metadata: { bpm: 120 } }
    const heard = { ...fast, heardCps: 138 / 60 }
    const playable = playableOfSong(song, new Map([["p/fast", heard]]))
    expect(playable?.plan.sections[0]?.cps).toBe(2)
    expect(playable && beatsIn(playable, 0, 2)).toBe(1)
    const waltz = { ...song, metadata: { bpm: 120, beats_per_cycle: 3 } }
    expect(playableOfSong(waltz, new Map([["p/fast", heard]]))?.plan.sections[0]?.cps).toBe(120 / 180)
  })
})

it("counts as an editor does: with line feeds alone", () => {
  expect(clip("a", "one\r\ntwo").code).toBe("one\ntwo")
})

const text = (body: string, clipIds: string[]) => ({
  ...{ projectId: "p", id: "song", name: "Song", body, clipIds, metadata: {} },
  clips: clipIds.map((id) => ({ id, name: id.toUpperCase(), metadata: {} })),
})
const clips = (...ids: string[]) => new Map(ids.map((id) => [`p/${id}`, clip(id, undefined, { bpm: 120 })]))

describe("a song", () => {
  const body = "# Song\n\n## Intro (4 bars)\n\n- [A](clip:a)\n\n## Drop (16 bars)\n\n- [A](clip:a)\n- [B](clip:b)\n"

  it("plays the sections of its text, each at its clips' tempo", () => {
    const playable = playableOfSong(text(body, ["a", "a", "b"]), clips("a", "b"))
    expect(playable).toMatchObject({ id: "song:p/song", sectionNames: ["Intro", "Drop"] })
    expect(playable?.clips.map(({ key }) => key)).toEqual(["p/a", "p/b"])
    expect(playable?.plan.sections.map(({ cycles, cps }) => ({ cycles, cps }))).toEqual([
      { cycles: 4, cps: 0.5 },
      { cycles: 16, cps: 0.5 },
    ])
  })

  it("has one tempo, its own or that of its first clip, unless each section is to have its own", () => {
    const song = text(body, ["a", "a", "b"])
    const both = new Map([
      ["p/a", clip("a", undefined, { bpm: 120 })],
      ["p/b", clip("b", undefined, { bpm: 180 })],
    ])
    const cpsOf = (staged: Parameters<typeof playableOfSong>[0]) =>
      playableOfSong(staged, both)?.plan.sections.map(({ cps }) => cps)
    expect(cpsOf({ ...song, metadata: { bpm: 60 } })).toEqual([0.25, 0.25])
    expect(cpsOf(song)).toEqual([0.5, 0.5])
    const alone = { ...text("## A\n- [A](clip:a)\n## B\n- [B](clip:b)", ["a", "b"]) }
    expect(cpsOf({ ...alone, staging: { order: "arrange", tempo: "switch", loop: false } })).toEqual([0.5, 0.75])
    expect(
      playableOfSong({ ...alone, staging: { order: "stack", tempo: "match", loop: true } }, both)?.plan,
    ).toMatchObject({
      loop: true,
      sections: [{ cycles: 8, cps: 0.5 }],
    })
  })

  it("leaves out what is gone, and is nothing without clips", () => {
    const playable = playableOfSong(text(body, ["a", "a", "b"]), clips("b"))
    expect(playable?.sectionNames).toEqual(["Drop"])
    expect(playable?.plan.sections[0]?.clips.map(({ key }) => key)).toEqual(["p/b"])
    expect(playableOfSong(text(body, ["a", "a", "b"]), new Map())).toBeUndefined()
  })

  it("stands in a playlist as often as it is listed", () => {
    const one = text(body, ["a", "a", "b"])
    const playable = playableOfPlaylist({ projectId: "p", id: "list", name: "List" }, [one, one], clips("a", "b"))
    expect(playable?.sectionNames).toEqual(["Song: Intro", "Song: Drop", "Song: Intro", "Song: Drop"])
    expect(playable?.clips).toHaveLength(2)
  })
})

describe("a stack", () => {
  it("holds a clip once, and is a clip again when the others are gone", () => {
    const alone = { ...single(), plan: endless([clip("a")]) }
    const both = withClip(withClip(alone, clip("b")), clip("b"))
    expect(both.clips.map(({ key }) => key)).toEqual(["p/a", "p/b"])
    expect(both).toMatchObject({ id: "stack", name: "A + B", href: undefined })
    expect(withoutClip(both, "p/a")).toMatchObject({ id: "clip:p/b", name: "B" })
    expect(withoutClip(alone, "p/a")).toBeUndefined()
  })
})

describe("code that is changed while it plays", () => {
  const cpsOf = ({ plan }: Playable) => plan.sections.map(({ cps }) => cps)

  it("brings its own tempo in a clip's place of the metadata's", () => {
    const alone = playableOfClip(clip("a", 's("a")', { bpm: 120 }), "clip:p/a")
    expect(cpsOf(alone)).toEqual([0.5])
    expect(cpsOf(withCode(alone, clip("a", "setcpm(40)", { bpm: 120 })))).toEqual([null])
  })

  it("changes the tempo of a song where that follows its clips", () => {
    const body = "## A\n- [A](clip:a)\n## B\n- [B](clip:b)"
    const song = (metadata: Record<string, unknown>, tempo: "match" | "switch") => {
      const staging = { order: "arrange" as const, tempo, loop: false }
      return playableOfSong({ ...text(body, ["a", "b"]), metadata, staging }, clips("a", "b"))
    }
    const changed = clip("a", 's("a")', { bpm: 60 })
    const cpsAfter = (playable: Playable | undefined) => playable && cpsOf(withCode(playable, changed))
    expect(cpsAfter(song({}, "match"))).toEqual([0.25, 0.25])
    expect(cpsAfter(song({}, "switch"))).toEqual([0.25, 0.5])
    expect(cpsAfter(song({ bpm: 240 }, "match"))).toEqual([1, 1])
  })
})

const single = () => ({
  ...{ id: "clip:p/a", name: "A", projectId: "p", href: undefined, clips: [clip("a")], sectionNames: [] },
  sectionTempos: [],
  tempo: "clips" as const,
})
