import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { playableOfClip } from "./playable.ts"
import { clip, measured, setUp, single, song } from "./player-test-bench.ts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it("brings clips to one loudness where that is switched on, and keeps the switch", async () => {
  const { sandbox, player, written } = setUp()
  const gains = () => sandbox.state.mix?.gains
  await player.play(playableOfClip(measured("loud", -10), "clip:p/loud"))
  expect(gains()).toEqual({ "p/loud": 1 })
  player.setMatched(true)
  expect(written.at(-1)).toMatchObject({ matched: true })
  expect(gains()).toEqual({ "p/loud": expect.closeTo(0.501, 3) })
  await player.add(measured("quiet", -22))
  await player.add(clip("new"))
  vi.advanceTimersByTime(2000)
  const even = { "p/loud": expect.closeTo(0.501, 3), "p/quiet": expect.closeTo(1.995, 3), "p/new": 1 }
  expect(gains()).toEqual(even)
  // Code that is yet to be measured goes on as loud as it was.
  await player.update(clip("loud", 's("other")'))
  expect(gains()).toEqual(even)
  player.toggleMute("p/loud")
  expect(gains()).toEqual({ ...even, "p/loud": 0 })
  player.setMatched(false)
  expect(gains()).toEqual({ "p/loud": 0, "p/quiet": 1, "p/new": 1 })
})

it("leaves the clips of a song as loud as they are to each other", async () => {
  const { sandbox, player } = setUp({ volume: 0.5, network: false, matched: true })
  await player.play({ ...song, clips: [measured("a", -10), measured("b", -30)] })
  expect(sandbox.state.mix?.gains).toEqual({ "p/a": 1, "p/b": 1 })
})

it("a clip that leaves on the next cycle stays as loud as it was", async () => {
  const { sandbox, player } = setUp({ volume: 0.5, network: false, matched: true })
  await player.play(playableOfClip(measured("loud", -10), "clip:p/loud"))
  await player.play(playableOfClip(measured("quiet", -22), "clip:p/quiet"), { at: "cycle" })
  const quiet = { "p/quiet": expect.closeTo(1.995, 3) }
  expect(sandbox.state.mix?.gains).toEqual({ "p/loud": expect.closeTo(0.501, 3), ...quiet })
  vi.advanceTimersByTime(2000)
  expect(sandbox.state.mix?.gains).toEqual(quiet)
})

it("a clip is as loud as before until the song that holds it is heard", async () => {
  const { sandbox, player } = setUp({ volume: 0.5, network: false, matched: true })
  const gains = () => sandbox.state.mix?.gains
  const alone = { "p/a": expect.closeTo(0.501, 3) }
  const inSong = { ...song, clips: [measured("a", -10), measured("b", -30)] }
  await player.play(playableOfClip(measured("a", -10), "clip:p/a"))
  const playing = player.play(inSong)
  expect(gains()).toEqual({ ...alone, "p/b": 1 })
  await playing
  expect(gains()).toEqual({ "p/a": 1, "p/b": 1 })
  await player.play(playableOfClip(measured("a", -10), "clip:p/a"), { at: "cycle" })
  expect(gains()).toEqual({ "p/a": 1, "p/b": 1 })
  vi.advanceTimersByTime(2000)
  expect(gains()).toEqual(alone)
  await player.play(inSong, { at: "cycle" })
  expect(gains()).toEqual({ ...alone, "p/b": 1 })
  vi.advanceTimersByTime(2000)
  expect(gains()).toEqual({ "p/a": 1, "p/b": 1 })
})

it("the preview of a clip turns up nothing of the song that it is heard in", async () => {
  const { sandbox, player } = setUp({ volume: 0.5, network: false, matched: true })
  await player.play({ ...song, clips: [measured("a", -22), measured("b", -30)] })
  const preview = player.preview(playableOfClip(measured("a", -22), "clip:p/a"))
  expect(sandbox.state.mix?.gains).toEqual({ "p/a": 1 })
  await preview
  expect(sandbox.state.mix?.gains).toEqual({ "p/a": expect.closeTo(1.995, 3) })
  const back = player.endPreview()
  expect(sandbox.state.mix?.gains).toMatchObject({ "p/a": expect.closeTo(1.995, 3) })
  await back
  expect(sandbox.state.mix?.gains).toEqual({ "p/a": 1, "p/b": 1 })
})

it("a clip that plays is matched once it is measured, where that is of the code that plays", async () => {
  const { sandbox, player } = setUp({ volume: 0.5, network: false, matched: true })
  const gain = () => sandbox.state.mix?.gains["p/kick"]
  await player.play(single("kick"))
  expect(gain()).toBe(1)
  player.measure(measured("kick", -22, "other"))
  expect(gain()).toBe(1)
  player.measure(measured("kick", -22))
  expect(gain()).toBeCloseTo(1.995, 3)
  // Other code is as loud as the former until it is measured, and from the next cycle on.
  await player.update(clip("kick", 's("loud")'))
  player.measure(measured("kick", -8, 's("loud")'))
  expect(gain()).toBeCloseTo(1.995, 3)
  vi.advanceTimersByTime(2000)
  expect(gain()).toBeCloseTo(0.398, 3)
  const known = player.state()
  player.measure(clip("kick", 's("loud")'))
  player.measure(measured("kick", -8, 's("loud")'))
  expect(player.state()).toBe(known)
})
