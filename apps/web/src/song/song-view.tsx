"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { api } from "../api/trpc.ts"
import { readClipFacts } from "../clip/clip-facts.ts"
import { itemPath } from "../markdown/item-link.ts"
import { Markdown } from "../markdown/markdown.tsx"
import { withoutTitle } from "../markdown/summary.ts"
import { FailedQuery } from "../ui/failed-query.tsx"
import { ItemHeader } from "../ui/item-header.tsx"
import { ItemSkeleton } from "../ui/item-skeleton.tsx"
import { Link } from "../ui/link.tsx"
import { Page, Part } from "../ui/page.tsx"
import { Stripe } from "../ui/stripe.tsx"
import { countOf } from "../words/count.ts"
import { Arrangement } from "./arrangement.tsx"

type Song = Outputs["song"]["byId"]

function Clips({ song: { projectId, clipIds, clips } }: { song: Song }) {
  const known = new Map(clips.map((clip) => [clip.id, clip]))
  if (clipIds.length === 0) return <p className="text-sm text-soft">No clips yet.</p>
  return (
    <ol className="flex flex-col">
      {clipIds.map((id, place) => {
        const clip = known.get(id)
        const { bpm, scale, color } = readClipFacts(clip?.metadata ?? {})
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a clip may stand at several places; the place is the key.
            key={place}
            className="group relative flex items-center gap-3 border-b border-line py-2 hover:bg-panel"
          >
            <span className="w-6 text-right font-mono text-xs text-faint tabular-nums">{place + 1}</span>
            <Stripe color={color} className="h-6 w-1 shrink-0" />
            <Link
              href={itemPath({ itemType: "clip", projectId, itemId: id })}
              data-row
              className="min-w-0 flex-1 truncate text-sm font-medium after:absolute after:inset-0 group-hover:text-accent focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
            >
              {clip?.name ?? id}
            </Link>
            <span className="shrink-0 text-right text-xs text-soft">
              {[scale, bpm !== undefined && `${bpm} bpm`].filter(Boolean).join(" · ")}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

const Playlists = ({ song: { projectId, playlists } }: { song: Song }) => (
  <Part title="In playlists" note={playlists.length || undefined}>
    {playlists.length === 0 ? (
      <p className="text-sm text-soft">It stands in no playlist.</p>
    ) : (
      <ul className="flex flex-col gap-1.5 text-sm">
        {playlists.map(({ id, name }) => (
          <li key={id}>
            <Link
              href={itemPath({ itemType: "playlist", projectId, itemId: id })}
              className="underline decoration-line underline-offset-4 hover:decoration-accent"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    )}
  </Part>
)

function colorsOf({ clips }: Song): Map<string, string> {
  return new Map(
    clips.flatMap(({ id, metadata }): [string, string][] => {
      const { color } = readClipFacts(metadata)
      return color ? [[id, color]] : []
    }),
  )
}

/** The page of one song. */
export function SongView({ projectId, id, broken }: { projectId: string; id: string; broken: string[] }) {
  const query = api.song.byId.useQuery({ projectId, id })
  if (query.isPending) return <ItemSkeleton what="the song" />
  if (!query.data) return <FailedQuery query={query} />
  const song = query.data
  return (
    <Page>
      <ItemHeader kind="Song" projectId={projectId} name={song.name} note={countOf(song.clipIds.length, "clip")} />
      <Arrangement clipIds={song.clipIds} colors={colorsOf(song)} className="h-20 w-full text-edge md:h-28" />
      <div className="grid gap-10 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <Part title="Clips in order" note={song.clipIds.length || undefined}>
          <Clips song={song} />
        </Part>
        <div className="flex min-w-0 flex-col gap-8">
          <Part title="Notes">
            {song.body.trim() ? (
              <Markdown
                text={withoutTitle(song.body, song.name)}
                base={{ projectId, folder: "songs/" }}
                broken={broken}
                start={3}
              />
            ) : (
              <p className="text-sm text-soft">Nothing is written about it.</p>
            )}
          </Part>
          <Playlists song={song} />
        </div>
      </div>
    </Page>
  )
}
