import type { Problem } from "@strudel-agent/sandbox/protocol"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { playableOfClip } from "./playable.ts"
import { clip, fault, setUp, single, song, sound } from "./player-test-bench.ts"
import { bpmOf } from "./tempo-factor.ts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe("playing and stopping", () => {
  it("plays a clip at the volume that is kept, and stops", async () => {
    const { sandbox, player } = setUp()
    await player.play(single("kick"))
    expect(player.state()).toMatchObject({ phase: "playing", playable: { name: "kick" } })
    expect(sandbox.state.mix).toEqual({ volume: 0.5, gains: { "p/kick": 1 } })
    expect(player.signals.loadsOf("p/kick")).toHaveLength(1)
    await player.stop()
    expect(player.state().phase).toBe("silent")
    expect(sandbox.state.stops).toEqual(["now"])
    await player.resume()
    expect(sandbox.commands.at(-1)).toMatchObject({ sources: ['s("kick")'], from: 0 })
    expect(sandbox.state.opened).toBe(1)
  })

  it("stays silent where it was stopped while it was about to begin", async () => {
    const { sandbox, player } = setUp()
    const playing = player.play(single("kick"))
    await player.stop()
    await playing
    expect(player.state().phase).toBe("silent")
    expect(sandbox.commands).toEqual([])
  })

  it("plays the last of what was asked for at once", async () => {
    const { player } = setUp()
    await Promise.all([player.play(single("a")), player.play(single("b"))])
    expect(player.state()).toMatchObject({ phase: "playing", playable: { name: "b" } })
  })

  it("has what is likely to come run ahead, but not a whole playlist", async () => {
    const { sandbox, player } = setUp()
    await player.prepare(single("kick"))
    const clips = Array.from({ length: 17 }, (_, index) => clip(`c${index}`))
    await player.prepare({ ...single("kick"), clips })
    expect(sandbox.state.prepared).toEqual([['s("kick")']])
    expect(sandbox.commands).toEqual([])
    expect(player.state().phase).toBe("silent")
  })

  it("says why a clip does not play, with its line, and is silent", async () => {
    const { player, toasts } = setUp()
    await player.play(single("kick", "broken"))
    expect(player.state()).toMatchObject({ phase: "silent" })
    expect(player.state().problems.get("p/kick")).toEqual(fault)
    expect(toasts.map(({ text }) => text)).toEqual(["kick does not play: Unexpected token (line 3)."])
  })

  it("falls silent at the end of a song", async () => {
    const { sandbox, player } = setUp()
    await player.play(song)
    sandbox.send({ type: "silent", change: player.state().asked, because: "ended" })
    expect(player.state()).toMatchObject({ phase: "silent", silence: { because: "ended" } })
  })
})

describe("a sandbox that is lost", () => {
  it("is reported with its reason, and plays again", async () => {
    const { sandbox, player, toasts } = setUp()
    await player.play(single("kick"))
    sandbox.breakDown()
    await player.play(single("snare"))
    expect(player.state()).toMatchObject({ phase: "silent", silence: { because: "frozen" } })
    const [toast] = toasts
    expect(toast).toMatchObject({
      text: "The player did not answer and was started again.",
      action: { name: "Play again" },
    })
    sandbox.mend()
    toast?.action?.run()
    await vi.waitFor(() => expect(player.state().phase).toBe("playing"))
    expect(player.state()).toMatchObject({ playable: { name: "snare" }, silence: undefined })
  })

  it("is reported once, where it falls silent and what it was asked for fails", async () => {
    const { sandbox, player, toasts } = setUp()
    await player.play(single("kick"))
    sandbox.breakDown()
    const updating = player.update(clip("kick", "1"))
    sandbox.send({ type: "silent", change: null, because: "crashed", message: "It is gone" })
    await updating
    expect(player.state()).toMatchObject({ phase: "silent", silence: { because: "crashed", message: "It is gone" } })
    expect(toasts.map(({ text }) => text)).toEqual(["It is gone."])
  })
})

it("what was asked for begins though what was heard ends before its cycle", async () => {
  const { sandbox, player } = setUp()
  await player.play(song)
  const first = player.state().asked
  await player.play(single("kick"), { at: "cycle" })
  sandbox.send({ type: "silent", change: first, because: "ended" })
  expect(player.state()).toMatchObject({ phase: "starting", pending: undefined, playable: { name: "kick" } })
  sandbox.send({ type: "arrived", change: player.state().asked })
  expect(player.state().phase).toBe("playing")
})

describe("updating while it plays", () => {
  it("says that a change is on its way until it is heard", async () => {
    const { sandbox, player } = setUp()
    await player.play(single("kick"))
    await player.update(clip("kick", 's("kick*2")'))
    expect(player.state().pending).toMatchObject({ kind: "update" })
    expect(player.state().playable?.clips[0]?.code).toBe('s("kick*2")')
    expect(player.signals.loadsOf("p/kick").map(({ code }) => code)).toEqual(['s("kick")', 's("kick*2")'])
    vi.advanceTimersByTime(2000)
    expect(player.state().pending).toBeUndefined()
    expect(sandbox.commands.at(-1)?.sources).toEqual(['s("kick*2")'])
  })

  it("takes the tempo along that the code sets in the place of the metadata's", async () => {
    const { sandbox, player } = setUp()
    await player.play(playableOfClip(clip("kick", 's("kick")', { bpm: 120 }), "clip:p/kick"))
    expect(sandbox.commands.at(-1)?.plan?.sections[0]?.cps).toBe(0.5)
    await player.update(clip("kick", "setcpm(40)", { bpm: 120 }))
    expect(sandbox.commands.at(-1)?.plan?.sections[0]?.cps).toBeNull()
    await player.update(clip("kick", "broken", { bpm: 90 }))
    expect(sandbox.commands.at(-1)).toMatchObject({ sources: [], plan: { sections: [{ cps: null }] } })
  })

  it("goes on with what played where the change does not play", async () => {
    const { player } = setUp()
    await player.play(single("kick"))
    expect(await player.update(clip("kick", "broken"))).toMatchObject({ problem: fault })
    expect(player.state()).toMatchObject({ phase: "playing", pending: undefined })
    expect(player.state().playable?.clips[0]?.code).toBe('s("kick")')
    await player.update(clip("kick", 's("mended")'))
    expect(player.state().problems.size).toBe(0)
  })

  it("is no loss where a stop overtakes it", async () => {
    const { sandbox, player, toasts } = setUp()
    await player.play(single("kick"))
    sandbox.breakDown()
    const updating = player.update(clip("kick", "1"))
    await Promise.all([updating, player.stop()])
    expect(player.state()).toMatchObject({ phase: "silent", silence: { because: "stopped" } })
    expect(toasts).toEqual([])
  })

  it("leaves alone what does not play", async () => {
    const { sandbox, player } = setUp()
    await player.play(single("kick"))
    expect(await player.update(clip("other", "1"))).toBeUndefined()
    await player.stop()
    expect(await player.update(clip("kick", "1"))).toBeUndefined()
    expect(sandbox.commands).toHaveLength(1)
  })
})

describe("several at once", () => {
  it("adds clips from the next cycle and takes them out, and lets the others go on", async () => {
    const { sandbox, player } = setUp()
    await player.add(clip("kick"))
    await player.add(clip("bass"))
    expect(sandbox.commands.map(({ sources, at }) => ({ sources, at }))).toEqual([
      { sources: ['s("kick")'], at: "now" },
      { sources: ['s("bass")'], at: undefined },
    ])
    expect(player.state()).toMatchObject({ phase: "playing", playable: { id: "stack", name: "kick + bass" } })
    expect([...(player.state().pending?.arriving ?? [])]).toEqual(["p/bass"])
    expect(sandbox.commands.at(-1)?.plan?.sections).toMatchObject([{ clips: [{ key: "p/kick" }, { key: "p/bass" }] }])
    vi.advanceTimersByTime(2000)
    expect(player.state().pending).toBeUndefined()
    await player.remove("p/kick")
    expect(player.state().playable).toMatchObject({ id: "clip:p/bass", name: "bass" })
    expect(sandbox.commands.at(-1)?.plan?.sections).toMatchObject([{ clips: [{ key: "p/bass" }] }])
    expect([...(player.state().pending?.leaving ?? [])]).toEqual(["p/kick"])
  })

  it("stops the last one on the next cycle too", async () => {
    const { sandbox, player } = setUp()
    await player.add(clip("kick"))
    await player.remove("p/kick")
    expect(sandbox.state.stops).toEqual(["cycle"])
    expect(player.state()).toMatchObject({ phase: "playing", pending: { kind: "stop", leaving: new Set(["p/kick"]) } })
    vi.advanceTimersByTime(2000)
    expect(player.state()).toMatchObject({ phase: "silent", playable: { name: "kick" } })
  })

  it("begins another one on the cycle on which the last one stops", async () => {
    const { sandbox, player } = setUp()
    await player.add(clip("kick"))
    await player.remove("p/kick")
    await player.add(clip("bass"))
    expect(sandbox.commands.at(-1)).toMatchObject({ sources: ['s("bass")'], at: "cycle" })
    vi.advanceTimersByTime(2000)
    expect(player.state()).toMatchObject({ phase: "playing", playable: { name: "bass" }, pending: undefined })
  })

  it("leaves out what does not play, and says why", async () => {
    const { sandbox, player, toasts } = setUp()
    await player.add(clip("kick"))
    await player.add(clip("bass", "broken"))
    expect(player.state()).toMatchObject({ phase: "playing", playable: { id: "clip:p/kick", name: "kick" } })
    expect(player.state().problems.get("p/bass")).toEqual(fault)
    expect(toasts.map(({ text }) => text)).toEqual(["bass does not play: Unexpected token (line 3)."])
    expect(sandbox.commands.at(-1)?.plan?.sections).toMatchObject([{ clips: [{ key: "p/kick" }] }])
  })

  it("keeps what is muted silent until it is gone", async () => {
    const { sandbox, player } = setUp()
    await player.add(clip("kick"))
    await player.add(clip("bass"))
    vi.advanceTimersByTime(2000)
    player.toggleMute("p/bass")
    await player.remove("p/bass")
    expect(sandbox.state.mix?.gains).toEqual({ "p/kick": 1, "p/bass": 0 })
    vi.advanceTimersByTime(2000)
    expect(sandbox.state.mix?.gains).toEqual({ "p/kick": 1 })
    expect(player.state().muted.size).toBe(0)
  })

  it("mutes and plays solo, and forgets that of clips that are gone", async () => {
    const { sandbox, player } = setUp()
    await player.add(clip("kick"))
    await player.add(clip("bass"))
    player.toggleMute("p/kick")
    expect(sandbox.state.mix?.gains).toEqual({ "p/kick": 0, "p/bass": 1 })
    player.toggleMute("p/kick")
    player.toggleSolo("p/kick")
    expect(sandbox.state.mix?.gains).toEqual({ "p/kick": 1, "p/bass": 0 })
    await player.play(single("bass"))
    expect(sandbox.state.mix?.gains).toEqual({ "p/bass": 1 })
  })

  it("puts a clip into every section of a song, going on where it is", async () => {
    const { sandbox, player } = setUp()
    await player.play(song, { from: 1 })
    await player.add(clip("bass"))
    expect(sandbox.commands.at(-1)).toMatchObject({ sources: ['s("bass")'] })
    const sections = sandbox.commands.at(-1)?.plan?.sections ?? []
    expect(sections.map(({ clips }) => clips.map(({ key }) => key))).toEqual(Array(3).fill(["p/a", "p/bass"]))
  })
})

describe("songs", () => {
  it("tells the section, and goes to others on the next cycle", async () => {
    const { sandbox, player } = setUp()
    await player.play(song)
    const place = { cycle: 4, cps: 0.6, section: "two", into: 0, of: 4, until: null, at: Date.now() }
    sandbox.send({ type: "section", index: 1, cps: 0.6 })
    sandbox.send({ type: "position", position: place })
    expect(player.state()).toMatchObject({ section: 1, cps: 0.6 })
    expect(player.signals.position()).toEqual(place)
    await player.next()
    expect(sandbox.commands.at(-1)).toMatchObject({ at: "cycle", from: 2 })
    await player.goTo(7)
    expect(sandbox.commands).toHaveLength(2)
  })

  it("tells the section that is heard until the one that was asked for comes, and counts on from that", async () => {
    const { sandbox, player } = setUp()
    await player.play(song)
    await player.next()
    sandbox.send({ type: "section", index: 0, cps: 0.5 })
    expect(player.state()).toMatchObject({ section: 0, pending: { section: 1 } })
    await player.next()
    expect(sandbox.commands.at(-1)).toMatchObject({ at: "cycle", from: 2 })
    vi.advanceTimersByTime(2000)
    expect(player.state()).toMatchObject({ section: 2, pending: undefined })
  })
})

describe("a preview", () => {
  it("gives back what played before at its section", async () => {
    const { sandbox, player } = setUp()
    await player.play(song, { from: 1 })
    await player.preview(single("kick"))
    await player.preview(single("snare"))
    await player.endPreview()
    expect(player.state().playable?.name).toBe("Song")
    expect(sandbox.commands.at(-1)?.from).toBe(1)
  })

  it("brings nothing back once something was played on purpose", async () => {
    const { player } = setUp()
    await player.play(song)
    await player.preview(single("kick"))
    await player.play(single("snare"))
    await player.endPreview()
    expect(player.state()).toMatchObject({ phase: "playing", playable: { name: "snare" } })
  })

  it("leaves silence behind where there was silence", async () => {
    const { player } = setUp()
    await player.preview(single("kick"))
    await player.endPreview()
    expect(player.state().phase).toBe("silent")
  })
})

describe("tempo, volume, network", () => {
  it("multiplies the tempo within its limits", async () => {
    const { sandbox, player } = setUp()
    await player.play(single("kick"))
    expect(bpmOf(player.state())).toBe(120)
    player.setBpm(150)
    expect(sandbox.state.factor).toBe(1.25)
    expect(bpmOf(player.state())).toBeCloseTo(150)
    player.setBpm(10_000)
    expect(sandbox.state.factor).toBe(4)
    player.setFactor(1)
    expect(bpmOf(player.state())).toBeCloseTo(120)
  })

  it("keeps the volume and the network's switch", async () => {
    const { sandbox, player, written } = setUp()
    await player.play(single("kick"))
    player.setVolume(0.25)
    player.setNetwork(true)
    expect(sandbox.state).toMatchObject({ mix: { volume: 0.25 }, network: true })
    expect(written.at(-1)).toEqual({ volume: 0.25, network: true, matched: false })
  })

  it("refuses samples while the network is off", async () => {
    const { sandbox, player } = setUp()
    await player.play(single("kick"))
    expect(await sandbox.fetchSample("https://samples.example/kick.wav")).toBeNull()
    player.setNetwork(true)
    expect(await sandbox.fetchSample("https://samples.example/kick.wav")).toBeInstanceOf(Response)
  })
})

describe("what a listener would miss", () => {
  it("says missing and replaced sounds once, together", async () => {
    const { sandbox, player, toasts } = setUp()
    await player.play(single("kick"))
    for (const name of ["casio", "gm_piano"]) sandbox.send({ type: "sound", sound: sound(name, "missing") })
    sandbox.send({ type: "sound", sound: sound("tr909_bd", "replaced") })
    sandbox.send({ type: "sound", sound: sound("sine", "synth") })
    vi.advanceTimersByTime(2000)
    sandbox.send({ type: "sound", sound: sound("casio", "missing") })
    vi.advanceTimersByTime(2000)
    expect(toasts.map(({ text }) => text)).toEqual([
      "“casio” and “gm_piano” are missing and silent. “tr909_bd” is replaced by built-in sounds.",
    ])
    expect(player.state().sounds.get("casio")?.from).toBe("missing")
  })

  it("says effects that the browser leaves out, together and with the sounds", async () => {
    const { sandbox, player, toasts } = setUp()
    await player.play(single("kick"))
    sandbox.send({ type: "sound", sound: sound("supersaw", "replaced") })
    for (const names of [["distort", "crush"], ["tremolo"]])
      sandbox.send({ type: "limited", limit: { kind: "unsupported", effects: names } })
    vi.advanceTimersByTime(2000)
    expect(toasts.map(({ text }) => text)).toEqual([
      "“supersaw” is replaced by built-in sounds. “distort”, “crush” and “tremolo” are left out: over plain http browsers run no sound processors. Over https, or at localhost, all is heard.",
    ])
  })

  it("says once what clips do not get as they ask for it, together and by name", async () => {
    const { sandbox, player, toasts } = setUp()
    await player.play(song)
    const clamped = (control: string, asked: string | null, used: string | null) =>
      sandbox.send({ type: "limited", limit: { kind: "clamped", key: "p/b", control, asked, used } })
    clamped("roomsize", "3600", "10")
    clamped("gain", "loud", null)
    sandbox.send({ type: "limited", limit: { kind: "dropped", key: "p/a" } })
    vi.advanceTimersByTime(2000)
    clamped("roomsize", "3600", "10")
    vi.advanceTimersByTime(2000)
    clamped("roomsize", "50", "10")
    vi.advanceTimersByTime(2000)
    expect(toasts.map(({ text }) => text)).toEqual([
      "“b” plays within limits: roomsize 10 instead of 3600 and without gain. “a” plays more at once than there is room for: some of its events are left out.",
      "“b” plays within limits: roomsize 10 instead of 50.",
    ])
  })

  it("says which clip stopped itself, and what was meant by a name that there is not", async () => {
    const { sandbox, player, toasts } = setUp()
    await player.play(song)
    const problem: Problem = { ...fault, stage: "query", message: "gainn is not a function" }
    sandbox.send({ type: "diagnostic", key: "p/b", problem })
    await vi.waitFor(() => expect(toasts).toHaveLength(1))
    const told = "`gainn` is not a function here: did you mean `gain`?"
    expect(toasts[0]?.text).toBe(`b stopped: ${told} (line 3).`)
    expect(player.state()).toMatchObject({ phase: "playing" })
    expect(player.state().problems.get("p/b")).toEqual({ ...problem, message: told })
  })

  it("says the same of a clip that does not begin, on the page that asked for it, too", async () => {
    const { player } = setUp()
    await player.play(single("kick", "broken: s('bd').gainn(1)"), { quiet: true })
    await vi.waitFor(() => expect(player.state().problems.get("p/kick")?.message).toMatch(/did you mean `gain`\?$/))
    expect(player.state().phase).toBe("silent")
  })
})
