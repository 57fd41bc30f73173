import type { SequenceKind } from "@strudel-agent/contract/item"
import { DiscAlbumIcon, ListMusicIcon } from "lucide-react"

/** What the page says of songs and of playlists. */
export const sequenceWords = {
  song: {
    one: "Song",
    title: "Songs",
    parts: "Clips in order",
    href: "/songs",
    icon: DiscAlbumIcon,
    firstOfAll: "A song puts clips in order. Arrange one from the clips of a project.",
    firstOfProject: "A song puts clips of this project in order.",
    new: "A song puts clips of one project in order.",
  },
  playlist: {
    one: "Playlist",
    title: "Playlists",
    parts: "Songs in order",
    href: "/playlists",
    icon: ListMusicIcon,
    firstOfAll: "A playlist puts songs in order, for a set or an evening.",
    firstOfProject: "A playlist puts songs of this project in order.",
    new: "A playlist puts songs of one project in order, for a set or an evening.",
  },
} as const satisfies Record<SequenceKind, object>
