"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { DownloadIcon, Trash2Icon } from "lucide-react"
import { useRouter } from "next/navigation"
import { useCallback, useMemo, useState } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { api } from "#shared/api/trpc.ts"
import { ClipPicture, type Heard } from "#shared/clip/clip-picture.tsx"
import { useItemActions } from "#shared/items/item-actions.ts"
import { ItemHead } from "#shared/items/item-head.tsx"
import { usePagePlayable } from "#shared/playback/page-playable.ts"
import { PlayButton, PlaySourceButton } from "#shared/playback/play-button.tsx"
import { StageLink } from "#shared/playback/stage-link.tsx"
import { usePlaySource } from "#shared/playback/use-play.ts"
import { idsOf } from "#shared/song/order.ts"
import type { Part as OrderPart } from "#shared/song/part.ts"
import { TextPart } from "#shared/text/text-part.tsx"
import { IconButton } from "#shared/ui/button.tsx"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { ItemSkeleton } from "#shared/ui/item-skeleton.tsx"
import { Link } from "#shared/ui/link.tsx"
import { Page, Part } from "#shared/ui/page.tsx"
import { itemPath } from "#shared/url-state/item-link.ts"
import { useRestore } from "#shared/versions/use-restore.ts"
import { useShownVersions } from "#shared/versions/use-shown-versions.ts"
import { AboutPart } from "../about/about-part.tsx"
import { ItemOwner } from "../about/item-owner.tsx"
import { useOrderActions } from "../arrangement/order-actions.ts"
import { OrderList } from "../arrangement/order-list.tsx"
import { orderNote } from "../arrangement/order-note.ts"
import { useOrder } from "../arrangement/use-order.ts"
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

/** The clips that the page knows: those of the song, and those that were found to be added. */
function useParts({ projectId, clips }: Song) {
  const [found, setFound] = useState<OrderPart[]>([])
  const parts = useMemo(
    () =>
      new Map([
        ...found.map((part): [string, OrderPart] => [part.id, part]),
        ...clips.map((clip): [string, OrderPart] => [clip.id, partOfClip(projectId, clip)]),
      ]),
    [found, clips, projectId],
  )
  const add = useCallback((part: OrderPart) => setFound((before) => [...before, part]), [])
  return { parts, add }
}

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
  const [renaming, setRenaming] = useState(false)
  const [exporting, setExporting] = useState(false)
  const { parts, add } = useParts(song)
  const { pictures, pictureOf } = usePictures(song)
  const { stored, names } = useStoredPlaces(song)
  const order = useOrder(`song:${projectId}/${id}`, stored, () => store.order)
  const { runs } = order.state
  const withOrder = useMemo(() => ({ ...song, clipIds: idsOf(runs) }), [song, runs])
  const source = usePlaySource({ itemType: "song", projectId, itemId: id }, name)
  usePagePlayable(source)
  async function remove() {
    await order.keeper.flush()
    if (await deleteSong({ projectId, id, name })) router.push("/songs")
  }

  const versions = useShownVersions(song.version)
  const bringBack = useRestore(song.version, store.restore)
  async function restore(version: number, without: string | undefined) {
    await order.keeper.flush()
    if (!order.keeper.state().aside) await bringBack(version, without)
  }

  useItemActions({ what: "song", onRename: () => setRenaming(true), onDelete: () => void remove() })
  useOrderActions("clip")

  return (
    <Page>
      <ItemHead
        above={<ItemOwner kind="Song" projectId={projectId} />}
        name={name}
        note={orderNote("clip", runs, parts)}
        onRename={store.rename}
        renaming={renaming}
        setRenaming={setRenaming}
      >
        <PlaySourceButton source={source} size="large" />
        <StageLink folder="songs" projectId={projectId} id={id} />
        <IconButton label="Export this song" onClick={() => setExporting(true)}>
          <DownloadIcon aria-hidden="true" />
        </IconButton>
        <IconButton label="Delete this song" onClick={() => void remove()}>
          <Trash2Icon aria-hidden="true" />
        </IconButton>
      </ItemHead>
      <div className="h-25 md:h-33">
        <SongPicture
          song={withOrder}
          colors={colorsOf(parts)}
          pictures={pictures}
          className="h-20 w-full text-edge md:h-28"
        />
      </div>
      {versions.pair && (
        <SongComparison
          song={song}
          versions={versions.pair}
          locked={
            order.state.aside ? "Your order is not stored: decide about it before you restore a version." : undefined
          }
          onRestore={restore}
          onClose={versions.close}
        />
      )}
      <div className="grid gap-10 lg:grid-cols-[minmax(0,1fr)_24rem] lg:grid-rows-[auto_1fr]">
        <Part title="Clips in order" note={idsOf(runs).length || undefined}>
          <OrderList
            order={order}
            kind="clip"
            parts={parts}
            projectId={projectId}
            sectionNames={names}
            useFound={useFoundClips}
            onFound={add}
            pictureOf={(part) => (
              <span className="flex items-center gap-2">
                <PlayButton item={{ itemType: "clip", projectId, itemId: part.id }} name={part.name} size="small" />
                {pictureOf(part)}
              </span>
            )}
          />
        </Part>
        <div className="flex min-w-0 flex-col gap-8 lg:row-span-2">
          <SongSectionsPart song={song} updatedAt={song.updatedAt} storage={store.text} />
          <TextPart
            title="Notes"
            empty="Nothing is written about it."
            stored={{ text: song.body, updatedAt: song.updatedAt }}
            name={name}
            base={{ projectId, folder: "songs/" }}
            broken={broken}
            draftName={`song:${projectId}/${id}`}
            storage={store.text}
          />
          <Playlists song={song} />
          <AboutPart item={song} onTag={store.changeTag} />
        </div>
        <SongHistory
          projectId={projectId}
          id={id}
          current={song.version}
          shown={versions.shown}
          onToggle={versions.toggle}
        />
      </div>
      {dialog}
      {exporting && <MusicExportDialog source={source} onClose={() => setExporting(false)} />}
    </Page>
  )
}

/** The page of one song. */
export function SongView({ projectId, id, broken }: { projectId: string; id: string; broken: string[] | undefined }) {
  const query = api.song.byId.useQuery({ projectId, id })
  if (query.isPending) return <ItemSkeleton what="the song" />
  if (!query.data) return <FailedQuery query={query} />
  return <LoadedSong key={`${projectId}/${id}`} song={query.data} broken={broken} />
}
