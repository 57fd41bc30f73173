import type { SequenceKind } from "@strudel-agent/contract/item"
import { Empty } from "#shared/ui/empty.tsx"
import { Link } from "#shared/ui/link.tsx"
import { sequenceWords } from "../sequence-words.ts"

/** What stands where no song or playlist does, of all projects or of one. */
export function NoSequences({
  kind,
  filtered = false,
  ofProject = false,
}: {
  kind: SequenceKind
  /** Whether there may be some that the filters leave out. */
  filtered?: boolean
  ofProject?: boolean
}) {
  const words = sequenceWords[kind]
  if (filtered) {
    return (
      <Empty icon={words.icon} title={`No ${kind} fits these filters`}>
        <Link href={words.href} className="text-accent underline underline-offset-4">
          Show all {kind}s
        </Link>
      </Empty>
    )
  }
  return (
    <Empty icon={words.icon} title={`No ${kind}s yet`}>
      {ofProject ? words.firstOfProject : words.firstOfAll}
    </Empty>
  )
}
