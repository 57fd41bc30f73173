import { keepPreviousData } from "@tanstack/react-query"
import {
  AudioWaveformIcon,
  DiscAlbumIcon,
  FolderIcon,
  ListMusicIcon,
  type LucideIcon,
  MessagesSquareIcon,
} from "lucide-react"
import { api } from "../api/trpc.ts"
import { type ItemPath, itemPath } from "../markdown/item-link.ts"
import { places } from "./places.ts"

export interface Target {
  href: ItemPath | (typeof places)[number]["href"] | `/sessions/${string}` | `/projects/${string}`
  name: string
  /** What it is and where it belongs. */
  note: string
  icon: LucideIcon
}

/** Targets of each kind. */
const most = 5

type Row = { projectId: string; id: string; name: string }

const has = ({ name }: { name: string }, q: string) => name.toLowerCase().includes(q.toLowerCase())

const toTarget = (itemType: "clip" | "song" | "playlist", icon: LucideIcon) => (row: Row) => ({
  href: itemPath({ itemType, projectId: row.projectId, itemId: row.id }),
  name: row.name,
  note: `${itemType} · ${row.projectId}`,
  icon,
})

/** Everything whose name has a text in it, a few of each kind; the main pages without one. */
export function useTargets(q: string): { targets: Target[]; busy: boolean; error: unknown } {
  const input = { q, limit: most }
  const options = { enabled: q !== "", placeholderData: keepPreviousData }
  const sessions = api.session.list.useQuery(input, options)
  const clips = api.clip.list.useQuery(input, options)
  const songs = api.song.list.useQuery(input, options)
  const playlists = api.playlist.list.useQuery(input, options)
  const projects = api.project.list.useQuery(input, options)
  const pages = places
    .filter((place) => has(place, q))
    .map(({ href, name, icon }) => ({ href, name, icon, note: "page" }))
  if (q === "") return { targets: pages, busy: false, error: null }
  // Clips are found by their code too: those come last.
  const found = clips.data?.items ?? []
  const named = found.filter((clip) => has(clip, q))
  const queries = [sessions, clips, songs, playlists, projects]
  return {
    targets: [
      ...pages,
      ...named.map(toTarget("clip", AudioWaveformIcon)),
      ...(songs.data?.items ?? []).map(toTarget("song", DiscAlbumIcon)),
      ...(playlists.data?.items ?? []).map(toTarget("playlist", ListMusicIcon)),
      ...(projects.data?.items ?? []).map(({ id, name }) => ({
        href: `/projects/${encodeURIComponent(id)}` as const,
        name,
        note: `project · ${id}`,
        icon: FolderIcon,
      })),
      ...(sessions.data?.items ?? []).map(({ id, displayName, agentName }) => ({
        href: `/sessions/${id}` as const,
        name: displayName,
        note: `session · ${agentName}`,
        icon: MessagesSquareIcon,
      })),
      ...found.filter((clip) => !named.includes(clip)).map(toTarget("clip", AudioWaveformIcon)),
    ],
    busy: queries.some(({ isFetching }) => isFetching),
    error: queries.find(({ error }) => error)?.error ?? null,
  }
}
