import type { Calls } from "@strudel-agent/client/client"
import { afterEach, expect, it, vi } from "vitest"
import { playableClip, playableOfClip } from "#shared/player/playable.ts"
import { initialState } from "#shared/player/player-state.ts"
import { usePlayer } from "#shared/player/use-player.ts"
import { takeOver } from "./take-over.ts"

const asked = { measure: vi.fn(), update: vi.fn() }

const key = { projectId: "p", id: "kick" }
const stored = { ...key, name: "Kick", metadata: {}, code: 's("bd")\r\n', level: { loudness: -8, peak: -3 } }
/** Answers of a clip as it is stored, and of its versions. */
const client: Calls = Object.assign(Object.create(null), {
  clip: {
    byId: { query: async () => stored },
    versions: { query: async () => ({ items: [{ code: stored.code }, { code: 's("former")' }] }) },
  },
})
const play = (code: string) =>
  usePlayer.setState({
    phase: "playing",
    playable: playableOfClip(playableClip({ ...stored, code, level: null }), "clip:p/kick"),
  })

afterEach(() => {
  usePlayer.setState(initialState, true)
  vi.clearAllMocks()
})

it("a clip whose code plays already is told how loud it was measured to be", async () => {
  play(stored.code)
  await takeOver(client, key, async () => asked)
  expect(asked.measure.mock.calls).toMatchObject([[{ key: "p/kick", level: stored.level }]])
  expect(asked.update).not.toHaveBeenCalled()
})

it("a former version makes room, and what was typed plays on", async () => {
  play('s("former")')
  await takeOver(client, key, async () => asked)
  expect(asked.update.mock.calls).toMatchObject([[{ code: 's("bd")\n', level: stored.level }]])
  play('s("typed")')
  await takeOver(client, key, async () => asked)
  expect(asked.update).toHaveBeenCalledOnce()
  expect(asked.measure).not.toHaveBeenCalled()
})
