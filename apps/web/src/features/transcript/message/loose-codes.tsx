"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { CopyIcon, FilePlusIcon } from "lucide-react"
import { PlayCode, type WrittenCode } from "#shared/playback/play-code.tsx"
import { PlayedVisuals } from "#shared/playback/visuals/played-visuals.tsx"
import { Button } from "#shared/ui/button.tsx"
import { CodeBlock } from "#shared/ui/code-block.tsx"
import { Disclosure } from "#shared/ui/disclosure.tsx"
import { copyText } from "./copy-text.ts"
import type { CodeToSave } from "./transcript-tools.ts"

type CodeAt = Outputs["session"]["codeAt"]["codes"][number]

/** Characters of a line of code that stand for it. */
const most = 80

/** The first line of code that is more than a remark. */
const firstLine = (code: string): string => {
  const lines = code
    .slice(0, 2000)
    .split("\n")
    .map((line) => line.trim())
  const line = lines.find((each) => each !== "" && !each.startsWith("//")) ?? lines.find((each) => each !== "") ?? ""
  return line.length > most ? `${line.slice(0, most)}…` : line
}

const toSave = ({ code, messageIndex, clip }: CodeAt): CodeToSave => ({
  ...{ code, messageIndex },
  clip: clip ? { projectId: clip.projectId, id: clip.clipId } : undefined,
})

interface Moment {
  sessionId: string
  /** The last message of the moment. */
  messageIndex: number
}

const writtenOf = ({ code, clip, messageIndex }: CodeAt, place: number, moment: Moment): WrittenCode => ({
  code,
  name: `${clip?.clipId ?? "code"} of message ${messageIndex}`,
  id: `moment:${moment.sessionId}:${moment.messageIndex}:${place}`,
  projectId: clip?.projectId ?? "",
})

/** Code of a moment that no clip of the library has: to be heard, copied, and saved as one. */
export const LooseCodes = ({
  codes,
  moment,
  onSave,
}: {
  codes: CodeAt[]
  moment: Moment
  onSave: (code: CodeToSave) => void
}) => (
  <section aria-label="Code that is no clip" className="flex flex-col gap-1">
    <h3 className="mt-2 text-xs font-semibold text-soft">Code that no clip of the library has</h3>
    <ul className="flex flex-col">
      {codes.map((each, place) => {
        const written = writtenOf(each, place, moment)
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: the codes of a moment never change places.
            key={place}
            className="flex flex-wrap items-center gap-2 border-b border-line py-2 last:border-0"
          >
            <PlayCode written={written} />
            <span className="min-w-0 flex-1 basis-40">
              <span className="block truncate font-mono text-xs">{firstLine(each.code)}</span>
              <span className="text-xs text-soft">
                {[each.clip?.clipId, each.clip?.projectId, `message ${each.messageIndex}`].filter(Boolean).join(" · ")}
              </span>
            </span>
            <Button
              aria-label={`Copy code of message ${each.messageIndex}`}
              onClick={() => void copyText(each.code, "the code")}
              className="min-h-8 px-2.5"
            >
              <CopyIcon aria-hidden="true" />
              Copy
            </Button>
            <Button
              aria-label={`Save code of message ${each.messageIndex} as a clip`}
              onClick={() => onSave(toSave(each))}
              className="min-h-8 px-2.5"
            >
              <FilePlusIcon aria-hidden="true" />
              Save as clip…
            </Button>
            <Disclosure label="all of it">
              <CodeBlock code={each.code} label={`Code of message ${each.messageIndex}`} />
            </Disclosure>
            <PlayedVisuals id={written.id} />
          </li>
        )
      })}
    </ul>
  </section>
)
