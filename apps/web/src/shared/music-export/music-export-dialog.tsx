"use client"

import { limits } from "@strudel-agent/sandbox/limits"
import { strudelLink } from "@strudel-agent/strudel/strudel-link"
import { CopyIcon, ExternalLinkIcon, FileAudioIcon, FileMusicIcon } from "lucide-react"
import { type ReactNode, useEffect, useRef, useState } from "react"
import { writeClipboard } from "#shared/browser/clipboard.ts"
import { download, fileName } from "#shared/browser/download.ts"
import type { PlaySource } from "#shared/playback/use-play.ts"
import { loadPlayer } from "#shared/player/load-player.ts"
import { beatsIn, type Playable, sourcesOf } from "#shared/player/playable.ts"
import { limitsInWords } from "#shared/player/player-words.ts"
import { Button } from "#shared/ui/button.tsx"
import { Dialog } from "#shared/ui/dialog.tsx"
import { Field, Select } from "#shared/ui/field.tsx"
import { showToast, toastError } from "#shared/ui/toast.tsx"
import { countOf, formatNumber } from "#shared/words/count.ts"
import { midiInWords } from "./midi-words.ts"
import { lengthOf, roundedNotes, scoreOf } from "./score.ts"

const usualCycles = 8
const mostCycles = limits.cycles

const row =
  "flex w-full items-center gap-3 rounded-md border border-line px-3 py-2.5 text-left hover:border-edge disabled:text-faint [&_svg]:size-5 [&_svg]:shrink-0 [&_svg]:text-accent"

const Way = ({ icon, name, note }: { icon: ReactNode; name: string; note: string }) => (
  <>
    {icon}
    <span>
      <span className="font-medium">{name}</span> <span className="text-soft">· {note}</span>
    </span>
  </>
)

const rates = { "44100": 44_100, "48000": 48_000 } as const
type Rate = keyof typeof rates
const isRate = (text: string): text is Rate => Object.hasOwn(rates, text)

/** What is heard after the last cycle. */
const endings = {
  rings: { name: "It rings out", note: "Until it is 60 dB down, for 10 seconds at most." },
  loops: { name: "Seamless loop", note: "As long as its cycles: what rings on is heard at the beginning." },
} as const
type Ending = keyof typeof endings
const isEnding = (text: string): text is Ending => Object.hasOwn(endings, text)

/** Computes sound, one at a time, and tells how far it is. */
function useRender() {
  const [part, setPart] = useState<number>()
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  return {
    part,
    cancel: () => running.current?.abort(),
    async render(playable: Playable, { cycles, rate, ending }: { cycles: number; rate: Rate; ending: Ending }) {
      const own = new AbortController()
      running.current = own
      setPart(0)
      try {
        const player = await loadPlayer()
        return await player.render({
          sources: sourcesOf(playable.clips),
          plan: playable.plan,
          cycles,
          mix: { volume: 1, gains: {} },
          factor: 1,
          ending,
          sampleRate: rates[rate],
          signal: own.signal,
          onProgress: setPart,
        })
      } catch (error) {
        if (own.signal.aborted) return undefined
        throw error
      } finally {
        setPart(undefined)
      }
    },
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error && error.message ? error.message : "It failed.")

type Code = { kind: "writing" } | { kind: "written"; code: string } | { kind: "refused"; text: string }

/** The code of a clip as it is, or that of a song, which is written now. */
function useCode({ load }: PlaySource, own: string | undefined): Code {
  const [song, setSong] = useState<Code>({ kind: "writing" })
  const read = useRef(load)
  useEffect(() => {
    if (own !== undefined) return
    const write = async () => {
      const [{ songCodeOf }, player, playable] = await Promise.all([
        import("./song-code.ts"),
        loadPlayer(),
        read.current(),
      ])
      if (!playable) throw new Error("It has nothing to play")
      return songCodeOf(playable, player.analyse)
    }
    write().then(
      (code) => setSong({ kind: "written", code }),
      (error: unknown) => setSong({ kind: "refused", text: wordsOf(error) }),
    )
  }, [own])
  return own === undefined ? song : { kind: "written", code: own }
}

async function copy(text: string) {
  try {
    await writeClipboard(text)
    showToast("The code is copied.")
  } catch {
    toastError("The browser refused to copy: take the code from its editor.")
  }
}

function CodeWays({ source, code: own }: { source: PlaySource; code: string | undefined }) {
  const code = useCode(source, own)
  if (code.kind === "refused") {
    return <li className="px-3 py-2.5 text-soft">It is no single piece of code. {code.text.replace(/\.?$/, ".")}</li>
  }
  const link = code.kind === "written" ? strudelLink(code.code) : undefined
  return (
    <>
      <li>
        {link === null ? (
          <p className="px-3 py-2.5 text-soft">The code is too long for an address of strudel.cc: copy it.</p>
        ) : (
          <a
            href={link}
            target="_blank"
            rel="noopener noreferrer"
            className={`${row} ${link === undefined ? "text-faint" : ""}`}
          >
            <Way
              icon={<ExternalLinkIcon aria-hidden="true" />}
              name="Open in strudel.cc"
              note="the code travels in the address"
            />
            <span className="sr-only"> (opens in another tab)</span>
          </a>
        )}
      </li>
      <li>
        <button
          type="button"
          disabled={code.kind !== "written"}
          onClick={() => code.kind === "written" && void copy(code.code)}
          className={row}
        >
          <Way
            icon={<CopyIcon aria-hidden="true" />}
            name="Copy the code"
            note={own === undefined ? "all clips and their order in one piece" : "as it is written"}
          />
        </button>
      </li>
    </>
  )
}

/** Offers what a clip or song plays as files, and its code elsewhere. */
export function MusicExportDialog({
  source,
  code,
  onClose,
}: {
  source: PlaySource
  /** The code of a clip; a song has none of its own. */
  code?: string | undefined
  onClose: () => void
}) {
  const { name } = source
  const [length, setLength] = useState<number>()
  const [chosen, setChosen] = useState("")
  const [rate, setRate] = useState<Rate>("44100")
  const [ending, setEnding] = useState<Ending>("rings")
  const [writing, setWriting] = useState(false)
  const { part, cancel, render } = useRender()
  const load = useRef(source.load)
  useEffect(() => {
    load.current().then(
      (playable) => setLength(Math.min(mostCycles, Math.ceil((playable && lengthOf(playable)) ?? usualCycles))),
      () => setLength(usualCycles),
    )
  }, [])

  const cycles = chosen === "" ? length : Number(chosen)
  const problem =
    cycles !== undefined && !(Number.isInteger(cycles) && cycles >= 1 && cycles <= mostCycles)
      ? `A whole number from 1 to ${formatNumber(mostCycles)}.`
      : undefined
  const ready = cycles !== undefined && problem === undefined && part === undefined && !writing

  async function take(work: (playable: Playable, cycles: number) => Promise<void>) {
    if (!ready) return
    try {
      const playable = await source.load()
      if (!playable) return toastError(`${name} has nothing to play.`)
      await work(playable, cycles)
    } catch (error) {
      toastError(`${name} was not written. ${wordsOf(error)}`)
    }
  }
  const takeSound = () =>
    take(async (playable, count) => {
      const rendered = await render(playable, { cycles: count, rate, ending })
      if (!rendered) return
      download(fileName(name, "wav"), rendered.wav, "audio/wav")
      const nameOf = (key: string) => playable.clips.find((clip) => clip.key === key)?.name ?? key
      showToast(`${fileName(name, "wav")} is written. ${limitsInWords(rendered.limits, nameOf)}`.trim())
    })
  const takeNotes = () =>
    take(async (playable, count) => {
      setWriting(true)
      try {
        const [midi, player] = await Promise.all([import("@strudel-agent/strudel/midi"), loadPlayer()])
        const score = await scoreOf(playable, count, player.analyse)
        const haps = score.haps.filter(midi.isHeard)
        if (haps.length === 0) return toastError(`${name} has no notes in ${countOf(count, "cycle")}.`)
        const beatsPerCycle = beatsIn(playable, 0, score.tempos[0]?.cps ?? 0)
        const file = midi.midiFile(haps, { name, tempos: score.tempos, beatsPerCycle })
        download(fileName(name, "mid"), file, "audio/midi")
        const others = { roundedNotes: roundedNotes(haps), tempos: midi.midiTempos(score.tempos, beatsPerCycle) }
        showToast(
          `${fileName(name, "mid")} is written: ${countOf(haps.length, "event")}. ${midiInWords(others)}`.trim(),
        )
      } finally {
        setWriting(false)
      }
    })
  return (
    <Dialog
      title={`Export ${name}`}
      note="As sound, as notes, or as code, at the tempo that is written."
      onClose={onClose}
    >
      <div className="grid grid-cols-2 gap-3">
        <Field
          label="Cycles"
          inputMode="numeric"
          value={chosen === "" ? (length ?? "") : chosen}
          problem={problem}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
        />
        <Select
          label="Samples a second"
          value={rate}
          onChange={({ currentTarget: { value } }) => isRate(value) && setRate(value)}
        >
          <option value="44100">44,100</option>
          <option value="48000">48,000</option>
        </Select>
        <div className="col-span-2">
          <Select
            label="End of the WAV"
            note={endings[ending].note}
            value={ending}
            onChange={({ currentTarget: { value } }) => isEnding(value) && setEnding(value)}
          >
            {Object.entries(endings).map(([value, words]) => (
              <option key={value} value={value}>
                {words.name}
              </option>
            ))}
          </Select>
        </div>
      </div>
      <ul className="mt-4 flex flex-col gap-2 text-sm">
        <li>
          <button type="button" disabled={!ready} onClick={() => void takeSound()} className={row}>
            <Way icon={<FileAudioIcon aria-hidden="true" />} name="WAV" note="sound, 16 bit stereo" />
          </button>
          {part !== undefined && (
            <div className="mt-2 flex items-center gap-3">
              <progress
                max={1}
                value={part}
                aria-label="Computing the sound"
                className="h-2 min-w-0 flex-1 accent-accent"
              />
              <span className="w-10 text-right font-mono text-xs tabular-nums">{Math.round(part * 100)}%</span>
              <Button onClick={cancel}>Cancel</Button>
            </div>
          )}
        </li>
        <li>
          <button type="button" disabled={!ready} aria-busy={writing} onClick={() => void takeNotes()} className={row}>
            <Way icon={<FileMusicIcon aria-hidden="true" />} name="MIDI" note="notes, a track for each sound" />
          </button>
        </li>
        <CodeWays source={source} code={code} />
      </ul>
    </Dialog>
  )
}
