"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { BracesIcon, FileTextIcon, ListIcon, PrinterIcon } from "lucide-react"
import { Dialog } from "#shared/ui/dialog.tsx"

const formats = [
  { ending: "md", name: "Markdown", note: "to be read by people", icon: FileTextIcon },
  { ending: "json", name: "JSON", note: "one object; can be imported again", icon: BracesIcon },
  { ending: "jsonl", name: "JSON Lines", note: "one message a line; can be imported again", icon: ListIcon },
] as const

const shape =
  "flex items-center gap-3 rounded-md border border-line px-3 py-2.5 hover:border-edge [&_svg]:size-5 [&_svg]:shrink-0 [&_svg]:text-accent"

/** Offers a session's messages as files, and as pages to print. The browser shows how far a file has come. */
export const ExportDialog = ({ session, onClose }: { session: Outputs["session"]["byId"]; onClose: () => void }) => (
  <Dialog title="Export" note="All messages of this session." onClose={onClose}>
    <ul className="flex flex-col gap-2 text-sm">
      {formats.map(({ ending, name, note, icon: Icon }) => (
        <li key={ending}>
          <a href={`/export/sessions/${session.id}.${ending}`} download onClick={onClose} className={shape}>
            <Icon aria-hidden="true" />
            <span>
              <span className="font-medium">{name}</span> <span className="text-soft">· {note}</span>
            </span>
          </a>
        </li>
      ))}
      <li>
        <a href={`/sessions/${session.id}/print`} target="_blank" rel="noopener" onClick={onClose} className={shape}>
          <PrinterIcon aria-hidden="true" />
          <span>
            <span className="font-medium">Print</span>{" "}
            <span className="text-soft">
              · pages without the rest<span className="sr-only"> (opens in another tab)</span>
            </span>
          </span>
        </a>
      </li>
    </ul>
  </Dialog>
)
