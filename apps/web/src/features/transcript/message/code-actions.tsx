"use client"

import { CopyIcon, FilePlusIcon, HistoryIcon } from "lucide-react"
import type { ReactNode } from "react"
import { Link } from "#shared/ui/link.tsx"
import { itemPath } from "#shared/url-state/item-link.ts"
import { copyText } from "./copy-text.ts"
import { type CodeToSave, useTranscriptTools } from "./transcript-tools.ts"
import type { CodeHome } from "./use-homes.ts"

const shape =
  "flex min-h-8 items-center gap-1.5 rounded-md px-2 text-xs text-soft hover:bg-raised hover:text-ink disabled:text-faint [&_svg]:size-3.5"

/** A small button below code. */
export const CodeAction = ({
  label,
  busy = false,
  onClick,
  children,
}: {
  label: string
  busy?: boolean
  onClick: () => void
  children: ReactNode
}) => (
  <button type="button" aria-label={label} disabled={busy} onClick={onClick} className={shape}>
    {children}
  </button>
)

/** What the code is called in the names of buttons: the clip that it is said to be of, or the code. */
const wordsOf = ({ clip }: CodeToSave): string => clip?.id ?? "code"

/** Leads to the version that has the code; where that is not the clip that it is said to be of, it says which it is. */
function OpenVersion({
  home: { projectId, clipId, name, version },
  code: { clip },
}: {
  home: CodeHome
  code: CodeToSave
}) {
  const isSame = clip?.projectId === projectId && clip.id === clipId
  return (
    <Link
      href={`${itemPath({ itemType: "clip", projectId, itemId: clipId })}?version=${version}`}
      aria-label={isSame ? `Open this version: ${clipId}` : undefined}
      className={shape}
    >
      <HistoryIcon aria-hidden="true" />
      {isSame ? "Open this version" : `Open “${name}”, version ${version}`}
    </Link>
  )
}

/** What can be done with code of a message: to see the clip that has it, else to make one of it. */
export function CodeActions({
  code,
  home,
  known,
  children,
}: {
  code: CodeToSave
  home: CodeHome | undefined
  /** Whether it is known where the library has it. */
  known: boolean
  /** Further actions. */
  children?: ReactNode
}) {
  const tools = useTranscriptTools()
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-1 px-1.5 py-1">
      {home && <OpenVersion home={home} code={code} />}
      {children}
      <CodeAction label={`Copy code: ${wordsOf(code)}`} onClick={() => void copyText(code.code, "the code")}>
        <CopyIcon aria-hidden="true" />
        Copy
      </CodeAction>
      {known && !home && tools && (
        <CodeAction label={`Save as clip: ${wordsOf(code)}`} onClick={() => tools.saveCode(code)}>
          <FilePlusIcon aria-hidden="true" />
          Save as clip…
        </CodeAction>
      )}
    </div>
  )
}
