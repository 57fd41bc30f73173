"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { mostBars } from "@strudel-agent/project-folder/song/song-sections"
import { type FormEvent, useMemo, useState } from "react"
import { useHydrated } from "#shared/api/use-hydrated.ts"
import { useHeardSection } from "#shared/playback/heard-section.ts"
import { textWithBars } from "#shared/song/song-bars.ts"
import { type SongText, scoreOfSong } from "#shared/song/song-score.ts"
import { readStaging, type SongStaging, writeStaging } from "#shared/song/staging.ts"
import { saveText, type TextStorage } from "#shared/text/text-storage.ts"
import { Part } from "#shared/ui/page.tsx"
import { toastError } from "#shared/ui/toast.tsx"
import { wordsOf } from "#shared/words/reasons.ts"

const choice = "h-8 rounded-md border border-line bg-canvas px-2 text-sm text-ink hover:border-edge"

function Choices({ projectId, songId }: { projectId: string; songId: string }) {
  const [staging, setStaging] = useState(() => readStaging(projectId, songId))
  function change(next: Partial<SongStaging>) {
    const changed = { ...staging, ...next }
    writeStaging(projectId, songId, changed)
    setStaging(changed)
  }
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
      <select
        aria-label="Order"
        value={staging.order}
        onChange={({ currentTarget: { value } }) => change({ order: value === "stack" ? "stack" : "arrange" })}
        className={choice}
      >
        <option value="arrange">One section after the other</option>
        <option value="stack">All clips at once</option>
      </select>
      <select
        aria-label="Tempo"
        value={staging.tempo}
        onChange={({ currentTarget: { value } }) => change({ tempo: value === "switch" ? "switch" : "match" })}
        className={choice}
      >
        <option value="match">One tempo for all</option>
        <option value="switch">Each section its own tempo</option>
      </select>
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          checked={staging.loop}
          onChange={({ currentTarget }) => change({ loop: currentTarget.checked })}
          className="size-4 accent-accent"
        />
        Loop
      </label>
    </div>
  )
}

/** What a song plays, section by section, each with its bars, which are written into its text. */
export function SongSectionsPart({
  song,
  updatedAt,
  storage,
}: {
  song: SongText
  updatedAt: string
  storage: TextStorage
}) {
  const { projectId, id, body } = song
  const score = useMemo(() => scoreOfSong(song), [song])
  const heard = useHeardSection(song)
  const names = new Map(song.clips.map((clip) => [clip.id, clip.name]))
  const hydrated = useHydrated()

  async function save(index: number, bars: number) {
    try {
      const text = textWithBars(body, score, { index, bars })
      const done = await saveText(storage, text, { text: body, updatedAt })
      if ("theirs" in done) toastError("The bars were not stored: the song's text was changed elsewhere meanwhile.")
    } catch (error) {
      toastError(`The bars were not stored. ${wordsOf(reasonOf(error) ?? "INTERNAL")}`)
    }
  }

  if (score.sections.length === 0) return null
  return (
    <Part title="Sections" note={score.sections.length}>
      <fieldset disabled={!hydrated} className="contents">
        <Choices projectId={projectId} songId={id} />
        <ol className="flex flex-col gap-1">
          {score.sections.map((section, index) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a section is its place.
              key={index}
              aria-current={heard === index ? "true" : undefined}
              className="flex items-center gap-3 rounded-md border border-line bg-panel px-3 py-1.5 text-sm aria-[current]:border-accent aria-[current]:bg-wash"
            >
              <span className="w-6 shrink-0 text-right font-mono text-xs text-faint tabular-nums">{index + 1}</span>
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{section.name}</span>
                <span className="block truncate text-xs text-soft">
                  {section.clipIds.map((clipId) => names.get(clipId) ?? clipId).join(" + ")}
                </span>
              </span>
              <BarsField
                key={section.bars}
                name={section.name}
                bars={section.bars}
                onSave={(bars) => void save(index, bars)}
              />
            </li>
          ))}
        </ol>
      </fieldset>
    </Part>
  )
}

function BarsField({ name, bars, onSave }: { name: string; bars: number; onSave: (bars: number) => void }) {
  const [text, setText] = useState(String(bars))
  const value = Number(text.replace(",", "."))
  const fits = value > 0 && value <= mostBars
  function submit(event?: FormEvent) {
    event?.preventDefault()
    if (fits && value !== bars) onSave(value)
    else if (!fits) setText(String(bars))
  }
  return (
    <form onSubmit={submit} className="flex items-center gap-1.5 text-xs text-soft">
      <input
        aria-label={`Bars of ${name}`}
        aria-invalid={!fits}
        inputMode="decimal"
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onBlur={() => submit()}
        className="h-7 w-14 rounded-md border border-line bg-canvas px-2 text-right font-mono text-sm text-ink tabular-nums hover:border-edge aria-[invalid=true]:border-danger"
      />
      {bars === 1 ? "bar" : "bars"}
    </form>
  )
}
