"use client"

import { Menu as Base } from "@base-ui/react/menu"
import { CopyIcon, FileDiffIcon, GitForkIcon, HistoryIcon, LinkIcon, PencilIcon } from "lucide-react"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"
import { MenuItem, MenuLine } from "#shared/ui/menu.tsx"
import { copyText } from "../message/copy-text.ts"

interface Doing {
  /** Undefined for what no person wrote. */
  onEdit: (() => void) | undefined
  onFork: () => void
  /** Undefined where the session had no code yet. */
  onClips: (() => void) | undefined
  onOnlyChanged: () => void
}

/** The menu of a message. There is one for the whole transcript, which opens at the button that was pressed. */
export const MessageMenu = ({
  message,
  link,
  anchor,
  onlyChanged,
  onClose,
  onEdit,
  onFork,
  onClips,
  onOnlyChanged,
}: Doing & {
  message: TranscriptMessage
  /** The address of the message. */
  link: string
  anchor: HTMLElement
  onlyChanged: boolean
  onClose: () => void
}) => (
  <Base.Root open onOpenChange={(open) => !open && onClose()}>
    <Base.Portal>
      <Base.Positioner anchor={anchor} sideOffset={6} align="end" className="z-50 outline-none">
        <Base.Popup
          aria-label={`Message ${message.messageIndex}`}
          finalFocus={() => anchor}
          className="min-w-52 overflow-y-auto rounded-card border border-line bg-raised p-1 text-sm text-ink shadow-xl outline-none"
        >
          <MenuItem icon={CopyIcon} onSelect={() => void copyText(message.content, "the text")}>
            Copy text
          </MenuItem>
          <MenuItem icon={LinkIcon} onSelect={() => void copyText(link, "the link")}>
            Copy link
          </MenuItem>
          <MenuLine />
          {onEdit && (
            <MenuItem icon={PencilIcon} onSelect={onEdit}>
              Edit and send again…
            </MenuItem>
          )}
          <MenuItem icon={GitForkIcon} onSelect={onFork}>
            Fork from here…
          </MenuItem>
          {onClips && (
            <MenuItem icon={HistoryIcon} onSelect={onClips}>
              Clips at this moment…
            </MenuItem>
          )}
          <MenuItem icon={FileDiffIcon} onSelect={onOnlyChanged}>
            {onlyChanged ? "Show all messages from here" : "Show only what changed code"}
          </MenuItem>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
)
