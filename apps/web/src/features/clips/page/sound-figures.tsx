import type { Outputs } from "@strudel-agent/client/client"
import type { ReactNode } from "react"

type Audio = NonNullable<Outputs["clip"]["audio"]["audio"]>

/** As the server tells them, in its order. */
const bandNames = ["Sub", "Bass", "Low mids", "Mids", "High mids", "Highs"]
/** Decibels that a bar shows. */
const range = { from: -60, to: 0 }

const partOf = (decibels: number): number => Math.max(0, Math.min(1, (decibels - range.from) / (range.to - range.from)))

/** The outline of a sound, mirrored, in 100 units of height. */
function outline(columns: number[]): string {
  const top = columns.map((peak, column) => `${column === 0 ? "M" : "L"}${column} ${50 - peak / 2}`)
  const bottom = columns.map((peak, column) => `L${column} ${50 + peak / 2}`).reverse()
  return `${[...top, ...bottom].join("")}Z`
}

function Waveform({ audio: { waveform, seconds, peak } }: { audio: Audio }) {
  return (
    <svg
      role="img"
      aria-label={`Waveform of ${Math.round(seconds)} seconds${peak === null ? ", silent" : `, peaks at ${peak} dBFS`}`}
      viewBox={`0 0 ${Math.max(1, waveform.length - 1)} 100`}
      preserveAspectRatio="none"
      className="h-16 w-full rounded-md bg-raised"
    >
      <path d={outline(waveform)} className="fill-soft stroke-soft" vectorEffect="non-scaling-stroke" />
    </svg>
  )
}

const Bands = ({ bands }: { bands: number[] }) => (
  <ul aria-label="Energy" className="grid grid-cols-6 gap-1.5">
    {bands.map((level, index) => (
      <li key={bandNames[index]} className="flex min-w-0 flex-col items-center gap-1 text-center">
        <span aria-hidden="true" className="flex h-12 w-full items-end rounded-sm bg-raised">
          <span className="w-full rounded-sm bg-accent" style={{ height: `${100 * partOf(level)}%` }} />
        </span>
        <span className="text-[0.6875rem] leading-tight text-soft">{bandNames[index]}</span>
        <span className="sr-only">{level} dB</span>
      </li>
    ))}
  </ul>
)

const Figure = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="flex items-baseline justify-between gap-2">
    <dt className="text-soft">{name}</dt>
    <dd className="font-mono tabular-nums">{children}</dd>
  </div>
)

/** What became of a sound. */
export const changeOfSound = (changes: string[]): string => changes.join(", ") || "much the same"

/** The sound of a version in figures, and what became of it since the version before. */
export function SoundFigures({ audio, changes, before }: { audio: Audio; changes: string[]; before: number | null }) {
  const { loudness, peak, clips, brightness, onsets, width, key, tempo, masked, unheard } = audio
  return (
    <>
      <Waveform audio={audio} />
      <Bands bands={audio.bands} />
      <dl className="grid grid-cols-[3fr_2fr] gap-x-5 gap-y-1 text-sm">
        <Figure name="Loudness">{loudness === null ? "silent" : `${loudness} LUFS`}</Figure>
        <Figure name="Peak">
          <span className={clips > 0 ? "text-danger" : ""}>
            {peak === null ? "none" : `${peak} dB${clips > 0 ? ", clips" : ""}`}
          </span>
        </Figure>
        <Figure name="Brightness">{brightness === null ? "none" : `${brightness} Hz`}</Figure>
        <Figure name="Onsets">{onsets}/s</Figure>
        <Figure name="Width">{Math.round(100 * width)} %</Figure>
        <Figure name="Tempo">{tempo === null ? "none" : `${Math.round(tempo)} bpm`}</Figure>
        <Figure name="Key">{key?.name ?? "none"}</Figure>
      </dl>
      {before !== null && (
        <p className="text-sm">
          <span className="text-soft">Since version {before}: </span>
          {changeOfSound(changes)}
        </p>
      )}
      {masked.length > 0 && (
        <ul aria-label="Masked" className="flex flex-col gap-1 text-sm text-soft">
          {masked.map(({ name, by, part, band }) => (
            <li key={`${name} ${by}`}>
              {name} is masked by {by}: {Math.round(100 * part)} % ({band})
            </li>
          ))}
        </ul>
      )}
      {unheard.length > 0 && (
        <p className="text-sm text-soft [overflow-wrap:anywhere]">Samples not heard: {unheard.join(", ")}</p>
      )}
    </>
  )
}
