import type { SearchKind } from "@strudel-agent/contract/search/text"
import {
  AudioWaveformIcon,
  DiscAlbumIcon,
  FolderIcon,
  ListMusicIcon,
  type LucideIcon,
  MessageSquareTextIcon,
  MessagesSquareIcon,
} from "lucide-react"

/** The kinds of hits in the order of their tabs and groups. */
export const kinds: { kind: SearchKind; name: string; icon: LucideIcon }[] = [
  { kind: "clip", name: "Clips", icon: AudioWaveformIcon },
  { kind: "song", name: "Songs", icon: DiscAlbumIcon },
  { kind: "playlist", name: "Playlists", icon: ListMusicIcon },
  { kind: "project", name: "Projects", icon: FolderIcon },
  { kind: "session", name: "Sessions", icon: MessagesSquareIcon },
  { kind: "message", name: "Messages", icon: MessageSquareTextIcon },
]

export const iconOf = (kind: SearchKind): LucideIcon => kinds.find((each) => each.kind === kind)?.icon ?? FolderIcon
