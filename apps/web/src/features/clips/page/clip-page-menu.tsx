"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import {
  AudioLinesIcon,
  BookOpenIcon,
  CopyPlusIcon,
  DownloadIcon,
  FolderInputIcon,
  LinkIcon,
  Trash2Icon,
} from "lucide-react"
import { useRouter } from "next/navigation"
import { useState } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { api } from "#shared/api/trpc.ts"
import { writeClipboard } from "#shared/browser/clipboard.ts"
import { clipKey } from "#shared/clip/clip-list.ts"
import { RowMenu } from "#shared/items/row-menu.tsx"
import { useActions } from "#shared/keyboard/actions.ts"
import type { PlaySource } from "#shared/playback/use-play.ts"
import { showToast, toastError } from "#shared/ui/toast.tsx"
import { deleteLater } from "#shared/ui/undo.ts"
import { itemPath } from "#shared/url-state/item-link.ts"
import { wordsOf } from "#shared/words/reasons.ts"
import { staysInWords } from "../library/clip-changes.ts"
import type { ClipKey } from "./clip-page-move.tsx"

const MoveClipDialog = onDemand(() => import("./clip-page-move.tsx").then((part) => part.MoveClipDialog))

const SoundsDialog = onDemand(() => import("#shared/playback/sounds-dialog.tsx").then((part) => part.SoundsDialog))

const MusicExportDialog = onDemand(() =>
  import("#shared/music-export/music-export-dialog.tsx").then((part) => part.MusicExportDialog),
)

type Clip = Outputs["clip"]["byId"]

function useClipActs(clip: Clip) {
  const { projectId, id, name, songs } = clip
  const router = useRouter()
  const utils = api.useUtils()
  const key = { projectId, id }

  async function duplicate() {
    try {
      const copy = await utils.client.clip.duplicate.mutate({ key })
      await utils.clip.invalidate(undefined, { refetchType: "none" })
      const path = itemPath({ itemType: "clip", projectId: copy.projectId, itemId: copy.id })
      showToast(`Duplicated as ${copy.name}.`, { name: "Open it", run: () => router.push(path) })
    } catch (error) {
      toastError(`Not duplicated. ${wordsOf(reasonOf(error) ?? "INTERNAL")}`)
    }
  }

  function remove() {
    if (songs.length > 0) {
      toastError(`Not deleted. ${staysInWords([{ name, songs: songs.map((song) => song.name) }])}`)
      return
    }
    router.push("/clips")
    deleteLater({
      text: `Deleted ${name}.`,
      keys: [clipKey(key)],
      commit: async () => {
        await utils.client.clip.delete.mutate(key)
        await Promise.all([utils.clip.invalidate(), utils.project.invalidate()])
      },
    })
  }

  async function copyLink() {
    try {
      await writeClipboard(location.href)
      showToast("The link is copied.")
    } catch {
      toastError("The browser refused to copy: take the address from its bar.")
    }
  }

  return { duplicate: () => void duplicate(), remove, copyLink: () => void copyLink() }
}

/** What can be done with a clip as a whole, in a menu and in the palette. */
export function ClipPageMenu({
  clip,
  source,
  code,
  stays,
  onLookUp,
  onSave,
  onMoved,
}: {
  clip: Clip
  /** What is typed, as it is played. */
  source: PlaySource
  code: string
  /** Whether what is unsaved cannot be carried along when the clip is moved. */
  stays: boolean
  onLookUp: () => void
  onSave: () => void
  onMoved: (to: ClipKey) => void
}) {
  const { duplicate, remove, copyLink } = useClipActs(clip)
  const [moving, setMoving] = useState(false)
  const [exporting, setExporting] = useState(false)
  const [showsSounds, setShowsSounds] = useState(false)
  const move = () => setMoving(true)
  const exportMusic = () => setExporting(true)
  const showSounds = () => setShowsSounds(true)

  useActions([
    { id: "clip-save", name: "Save the clip", group: "Clip", run: onSave },
    { id: "clip-save-key", name: "Save", group: "Clip", keys: "mod+s", onlyKeys: true },
    { id: "clip-rename", name: "Rename", group: "Clip", keys: "F2", onlyKeys: true },
    { id: "clip-find", name: "Find in the code", group: "Clip", keys: "mod+f", onlyKeys: true },
    { id: "clip-duplicate", name: "Duplicate the clip", group: "Clip", run: duplicate },
    { id: "clip-move", name: "Move the clip to a project…", group: "Clip", run: move },
    { id: "clip-export", name: "Export the clip: WAV, MIDI, strudel.cc…", group: "Clip", run: exportMusic },
    { id: "clip-sounds", name: "The sounds that the clip needs", group: "Clip", run: showSounds },
    { id: "clip-delete", name: "Delete the clip", group: "Clip", run: remove },
  ])

  return (
    <>
      <RowMenu
        label={`More about ${clip.name}`}
        draw={({ MenuItem, MenuLine }) => (
          <>
            <MenuItem icon={CopyPlusIcon} onSelect={duplicate}>
              Duplicate
            </MenuItem>
            <MenuItem icon={FolderInputIcon} onSelect={move}>
              Move to a project…
            </MenuItem>
            <MenuItem icon={AudioLinesIcon} onSelect={showSounds}>
              The sounds it needs
            </MenuItem>
            <MenuItem icon={BookOpenIcon} onSelect={onLookUp}>
              Look up the language
            </MenuItem>
            <MenuItem icon={DownloadIcon} onSelect={exportMusic}>
              Export…
            </MenuItem>
            <MenuItem icon={LinkIcon} onSelect={copyLink}>
              Copy the link
            </MenuItem>
            <MenuLine />
            <MenuItem icon={Trash2Icon} danger onSelect={remove}>
              Delete
            </MenuItem>
          </>
        )}
      />
      {showsSounds && <SoundsDialog source={source} onClose={() => setShowsSounds(false)} />}
      {exporting && <MusicExportDialog source={source} code={code} onClose={() => setExporting(false)} />}
      {moving && <MoveClipDialog clip={clip} stays={stays} onMoved={onMoved} onClose={() => setMoving(false)} />}
    </>
  )
}
