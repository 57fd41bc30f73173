import type { SequenceKind } from "@strudel-agent/contract/item"
import { Link } from "#shared/ui/link.tsx"
import { sequenceWords } from "../sequence-words.ts"

/** What a song or playlist is, and the project that it belongs to. */
export const ItemOwner = ({ kind, projectId }: { kind: SequenceKind; projectId: string }) => (
  <p className="text-sm text-soft">
    {sequenceWords[kind].one} of{" "}
    <Link
      href={`/projects/${encodeURIComponent(projectId)}`}
      className="underline decoration-line underline-offset-4 hover:text-ink hover:decoration-accent pointer-coarse:py-3.5"
    >
      {projectId}
    </Link>
  </p>
)
