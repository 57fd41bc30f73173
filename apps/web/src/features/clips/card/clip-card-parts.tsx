import { EllipsisIcon } from "lucide-react"
import { type ClipCard, clipKey } from "#shared/clip/clip-list.ts"

/** What the rows of a library can do; it stays the same object, so that rows are not drawn again for it. */
export interface CardTools {
  /** Puts a clip in the selection or takes it out, or all up to it in. */
  toggle: (key: string, range?: boolean) => void
  openMenu: (clip: ClipCard, button: HTMLElement) => void
  /** Resolves where the name was taken; else the field stays, with what is wrong. */
  rename: (clip: ClipCard, name: string) => Promise<string | undefined>
  stopRenaming: (clip: ClipCard) => void
}

/** The box that selects a clip: in sight where the pointer is, where the focus is, and while anything is selected. */
export function SelectBox({ clip, selected, tools }: { clip: ClipCard; selected: boolean; tools: CardTools }) {
  return (
    <label className="relative z-2 -my-1 -ml-1.5 grid size-7 shrink-0 place-items-center opacity-0 transition-opacity group-hover:opacity-100 group-focus-within:opacity-100 in-data-selecting:opacity-100 has-checked:opacity-100 motion-reduce:transition-none not-in-data-selecting:not-group-hover:not-group-focus-within:not-has-checked:-mr-8">
      <input
        type="checkbox"
        checked={selected}
        aria-label={`Select ${clip.name}`}
        onChange={({ nativeEvent }) =>
          tools.toggle(clipKey(clip), nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
        }
        className="size-4 accent-accent"
      />
    </label>
  )
}

export const CardMenuButton = ({ clip, tools }: { clip: ClipCard; tools: CardTools }) => (
  <button
    type="button"
    aria-label={`What to do with ${clip.name}`}
    aria-haspopup="menu"
    onClick={({ currentTarget }) => tools.openMenu(clip, currentTarget)}
    className="relative z-2 grid size-7 shrink-0 place-items-center rounded-md text-faint hover:bg-raised hover:text-ink"
  >
    <EllipsisIcon className="size-4" aria-hidden="true" />
  </button>
)

/** How many songs use a clip. */
export function Uses({ clip: { songs } }: { clip: ClipCard }) {
  if (songs.length === 0) {
    return (
      <span className="shrink-0 rounded-full border border-dashed border-line px-1.5 text-xs/5 text-faint">unused</span>
    )
  }
  const names = songs.map(({ name }) => name).join(", ")
  return (
    <span title={`In ${names}`} className="shrink-0 text-xs text-faint">
      {songs.length < 5 ? songs.length : "5+"} {songs.length === 1 ? "song" : "songs"}
    </span>
  )
}
