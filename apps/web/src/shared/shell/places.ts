import { AudioWaveformIcon, DiscAlbumIcon, FolderIcon, ListMusicIcon, MessagesSquareIcon } from "lucide-react"

/** The main pages. */
export const places = [
  { href: "/sessions", name: "Sessions", icon: MessagesSquareIcon },
  { href: "/clips", name: "Clips", icon: AudioWaveformIcon },
  { href: "/songs", name: "Songs", icon: DiscAlbumIcon },
  { href: "/playlists", name: "Playlists", icon: ListMusicIcon },
  { href: "/projects", name: "Projects", icon: FolderIcon },
] as const
