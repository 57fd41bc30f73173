import { BotIcon, type LucideIcon, StickyNoteIcon, TerminalIcon, UserIcon } from "lucide-react"
import type { ListedSession } from "./session-edits.ts"

type Preview = NonNullable<ListedSession["preview"]>

const roles: Record<Preview["role"], { icon: LucideIcon; name: string }> = {
  user: { icon: UserIcon, name: "Person" },
  assistant: { icon: BotIcon, name: "Agent" },
  system: { icon: TerminalIcon, name: "System" },
  note: { icon: StickyNoteIcon, name: "Note" },
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
  const { icon: Icon, name } = roles[preview.role]
  return (
    <>
      <Icon className="mr-1.5 inline size-3.5 align-[-0.15em] text-faint" aria-hidden="true" />
      <span className="sr-only">{name}: </span>
      {asLine(preview.content)}
    </>
  )
}
