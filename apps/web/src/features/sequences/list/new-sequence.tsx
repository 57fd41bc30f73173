"use client"

import type { SequenceKind } from "@strudel-agent/contract/item"
import { api } from "#shared/api/trpc.ts"
import { CreateDialog } from "#shared/items/create-dialog.tsx"
import { useProjectChoices } from "#shared/items/project-choices.ts"
import { itemPath } from "#shared/url-state/item-link.ts"
import { sequenceWords } from "../sequence-words.ts"

interface Props {
  projectId?: string | undefined
  onClose: () => void
}

function NewSequence({ kind, projectId, onClose }: Props & { kind: SequenceKind }) {
  const utils = api.useUtils()
  const projects = useProjectChoices().filter(({ value }) => value)
  return (
    <CreateDialog
      what={kind}
      note={sequenceWords[kind].new}
      projects={projects}
      {...(projectId ? { projectId } : {})}
      onClose={onClose}
      onCreate={async (made) => {
        await utils.client[kind].create.mutate(made)
        void utils[kind].list.invalidate()
        void utils.project.invalidate()
        return itemPath({ itemType: kind, projectId: made.projectId, itemId: made.id })
      }}
    />
  )
}

/** The dialog that makes a song. */
export const NewSong = (props: Props) => <NewSequence kind="song" {...props} />

/** The dialog that makes a playlist. */
export const NewPlaylist = (props: Props) => <NewSequence kind="playlist" {...props} />
