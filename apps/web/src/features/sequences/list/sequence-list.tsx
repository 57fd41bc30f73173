"use client"

import type { SequenceKind } from "@strudel-agent/contract/item"
import { useSearchParams } from "next/navigation"
import type { ReactNode } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { SearchField, SelectField } from "#shared/collection/filter-fields.tsx"
import { FilterForm } from "#shared/collection/filter-form.tsx"
import { ListHead, sortChoices } from "#shared/items/list-head.tsx"
import { useProjectChoices } from "#shared/items/project-choices.ts"
import { useNew } from "#shared/items/use-new.ts"
import { Page } from "#shared/ui/page.tsx"
import { sequenceWords } from "../sequence-words.ts"
import { readSequenceFilter } from "./sequence-filter.ts"

const dialogs = {
  song: onDemand(() => import("./new-sequence.tsx").then((part) => part.NewSong)),
  playlist: onDemand(() => import("./new-sequence.tsx").then((part) => part.NewPlaylist)),
}

/** The page of all songs or playlists, around its rows. */
export function SequenceList({ kind, children }: { kind: SequenceKind; children: ReactNode }) {
  const projects = useProjectChoices()
  const { open, setOpen } = useNew(kind)
  const { projectId } = readSequenceFilter(useSearchParams())
  const { title } = sequenceWords[kind]
  const New = dialogs[kind]
  return (
    <Page>
      <ListHead title={title} what={kind} onNew={() => setOpen(true)} />
      <FilterForm label={`Filter ${kind}s`}>
        <SearchField name="q" label={`Name of the ${kind}`} />
        <SelectField name="sort" label="Sort by" choices={sortChoices} beside />
        <SelectField name="project" label="Project" choices={projects} beside />
      </FilterForm>
      <h2 className="sr-only">Found</h2>
      {children}
      {open && <New projectId={projectId} onClose={() => setOpen(false)} />}
    </Page>
  )
}
