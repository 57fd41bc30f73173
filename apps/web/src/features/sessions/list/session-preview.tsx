import { BotIcon, type LucideIcon, StickyNoteIcon, TerminalIcon, UserIcon } from "lucide-react"
import { roleNames } from "#shared/words/role-names.ts"
import type { ListedSession } from "../edits/session-edits.ts"

type Preview = NonNullable<ListedSession["preview"]>

const icons: Record<Preview["role"], LucideIcon> = {
  user: UserIcon,
  assistant: BotIcon,
  system: TerminalIcon,
  note: StickyNoteIcon,
}

/** A message as one line, without the signs that only set it in type. */
const asLine = (content: string): string =>
  content
    .replace(/```\w*/g, " ")
    .replace(/\*\*|^#{1,6} /gm, "")
    .replace(/\s+/g, " ")
    .trim()

/** Who spoke last in a session, and what the message begins with. */
export function SessionPreview({ preview }: { preview: Preview | null }) {
  if (!preview) return <span className="text-faint">Nothing has been said yet</span>
  const Icon = icons[preview.role]
  return (
    <>
      <Icon className="mr-1.5 inline size-3.5 align-[-0.15em] text-faint" aria-hidden="true" />
      <span className="sr-only">{roleNames[preview.role]}: </span>
      {asLine(preview.content)}
    </>
  )
}
