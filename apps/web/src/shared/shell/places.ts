import { AudioWaveformIcon, DiscAlbumIcon, FolderIcon, ListMusicIcon, MessagesSquareIcon } from "lucide-react"

/** The main pages, each a list: what it is called, what one of its rows is, and the key behind `g` and `c`. */
export const places = [
  { href: "/sessions", name: "Sessions", one: "session", key: "s", icon: MessagesSquareIcon },
  { href: "/clips", name: "Clips", one: "clip", key: "c", icon: AudioWaveformIcon },
  { href: "/songs", name: "Songs", one: "song", key: "o", icon: DiscAlbumIcon },
  { href: "/playlists", name: "Playlists", one: "playlist", key: "p", icon: ListMusicIcon },
  { href: "/projects", name: "Projects", one: "project", key: "r", icon: FolderIcon },
] as const
