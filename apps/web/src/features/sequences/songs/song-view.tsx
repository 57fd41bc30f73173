"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { DownloadIcon } from "lucide-react"
import { useRouter } from "next/navigation"
import { useCallback, useMemo, useState } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { api } from "#shared/api/trpc.ts"
import { ClipPicture, type Heard } from "#shared/clip/clip-picture.tsx"
import { PlayButton } from "#shared/playback/play-button.tsx"
import { usePlaySource } from "#shared/playback/use-play.ts"
import { idsOf } from "#shared/song/order.ts"
import type { Part as OrderPart } from "#shared/song/part.ts"
import { IconButton } from "#shared/ui/button.tsx"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { ItemSkeleton } from "#shared/ui/item-skeleton.tsx"
import { Link } from "#shared/ui/link.tsx"
import { Part } from "#shared/ui/page.tsx"
import { itemPath } from "#shared/url-state/item-link.ts"
import { useOrder } from "../arrangement/use-order.ts"
import { useKnownParts } from "../page/known-parts.ts"
import { SequencePage } from "../page/sequence-page.tsx"
import { useDeleteSong } from "./delete-song.tsx"
import { partOfClip, useFoundClips } from "./song-parts.ts"
import { useSongStore } from "./song-store.ts"
import { useStoredPlaces } from "./use-stored-places.ts"

const SongSectionsPart = onDemand(() =>
  import("../arrangement/song-sections-part.tsx").then((part) => part.SongSectionsPart),
)
const SongPicture = onDemand(() => import("./song-picture.tsx").then((part) => part.SongPicture))
const MusicExportDialog = onDemand(() =>
  import("#shared/music-export/music-export-dialog.tsx").then((part) => part.MusicExportDialog),
)
const SongHistory = onDemand(() => import("./song-history.tsx").then((part) => part.SongHistory))
const SongComparison = onDemand(() => import("./song-comparison.tsx").then((part) => part.SongComparison))

type Song = Outputs["song"]["byId"]

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
              className="underline decoration-line underline-offset-4 hover:decoration-accent pointer-coarse:inline-flex pointer-coarse:min-h-11 pointer-coarse:items-center"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    )}
  </Part>
)

function colorsOf(parts: ReadonlyMap<string, OrderPart>): Map<string, string> {
  return new Map([...parts.values()].flatMap(({ id, color }): [string, string][] => (color ? [[id, color]] : [])))
}

const unheard: Heard = { state: null, problem: null, picture: null }

/** What the song's clips play, and how a row shows it. */
function usePictures({ projectId, id }: Song) {
  const { data } = api.song.pictures.useQuery({ projectId, id })
  return useMemo(() => {
    const heard = new Map(data?.items.map((clip): [string, Heard] => [clip.id, clip]))
    return {
      pictures: new Map([...heard].flatMap(([clip, { picture }]): Pictures => (picture ? [[clip, picture]] : []))),
      pictureOf: (part: OrderPart) => (
        <div className="hidden w-32 shrink-0 sm:block">
          <ClipPicture clip={heard.get(part.id) ?? unheard} className="h-9 w-full" />
        </div>
      ),
    }
  }, [data])
}

type Pictures = [string, NonNullable<Heard["picture"]>][]

function LoadedSong({ song, broken }: { song: Song; broken: string[] | undefined }) {
  const { projectId, id, name } = song
  const router = useRouter()
  const store = useSongStore(projectId, id)
  const { deleteSong, dialog } = useDeleteSong()
  const [exporting, setExporting] = useState(false)
  const partOf = useCallback((clip: Song["clips"][number]) => partOfClip(projectId, clip), [projectId])
  const { parts, add } = useKnownParts(song.clips, partOf)
  const { pictures, pictureOf } = usePictures(song)
  const { stored, names } = useStoredPlaces(song)
  const order = useOrder(`song:${projectId}/${id}`, stored, () => store.order)
  const { runs } = order.state
  const withOrder = useMemo(() => ({ ...song, clipIds: idsOf(runs) }), [song, runs])
  const source = usePlaySource({ itemType: "song", projectId, itemId: id }, name)
  async function remove() {
    if (await deleteSong({ projectId, id, name })) router.push("/songs")
  }
  return (
    <>
      <SequencePage
        kind="song"
        sequence={song}
        source={source}
        store={store}
        order={order}
        ordered={{
          parts,
          sectionNames: names,
          useFound: useFoundClips,
          onFound: add,
          pictureOf: (part) => (
            <span className="flex items-center gap-2">
              <PlayButton item={{ itemType: "clip", projectId, itemId: part.id }} name={part.name} size="small" />
              {pictureOf(part)}
            </span>
          ),
        }}
        broken={broken}
        onDelete={() => void remove()}
        actions={
          <IconButton label="Export this song" onClick={() => setExporting(true)}>
            <DownloadIcon aria-hidden="true" />
          </IconButton>
        }
        picture={
          <div className="h-25 md:h-33">
            <SongPicture
              song={withOrder}
              colors={colorsOf(parts)}
              pictures={pictures}
              className="h-20 w-full text-edge md:h-28"
            />
          </div>
        }
        beforeText={<SongSectionsPart song={song} updatedAt={song.updatedAt} storage={store.text} />}
        behindText={<Playlists song={song} />}
        drawComparison={(compared) => <SongComparison song={song} {...compared} />}
        drawHistory={(listed) => <SongHistory {...listed} />}
      />
      {dialog}
      {exporting && <MusicExportDialog source={source} onClose={() => setExporting(false)} />}
    </>
  )
}

/** The page of one song. */
export function SongView({ projectId, id, broken }: { projectId: string; id: string; broken: string[] | undefined }) {
  const query = api.song.byId.useQuery({ projectId, id })
  if (query.isPending) return <ItemSkeleton what="the song" />
  if (!query.data) return <FailedQuery query={query} />
  return <LoadedSong key={`${projectId}/${id}`} song={query.data} broken={broken} />
}
