"use client"

import { type FormEvent, useId, useState } from "react"
import { ProjectField } from "#shared/items/clip-project-field.tsx"
import { useProjectChoices } from "#shared/items/project-choices.ts"
import { Button } from "#shared/ui/button.tsx"
import { DialogActions } from "#shared/ui/dialog.tsx"
import { Select } from "#shared/ui/field.tsx"
import { countOf } from "#shared/words/count.ts"
import type { FoundSummary } from "./import-messages.ts"

export interface ImportChoice {
  projectId: string | undefined
  intoProject: boolean
  overwrite: boolean
}

/** Names that are told one by one. */
const mostNames = 8

function Named({ what, names }: { what: string; names: string[] }) {
  if (names.length === 0) return null
  const more = names.length - mostNames
  return (
    <li>
      {what}: <span className="font-mono text-[0.8125rem]">{names.slice(0, mostNames).join(", ")}</span>
      {more > 0 && ` and ${more} more`}
    </li>
  )
}

function Found({ found }: { found: FoundSummary }) {
  const { projects, code, conversations, failed } = found
  return (
    <ul aria-label="What was found" className="flex flex-col gap-1.5 text-sm [overflow-wrap:anywhere]">
      <Named
        what={countOf(projects.length, "project")}
        names={projects.map(({ id, renamedFrom }) => (renamedFrom === undefined ? id : `${id} (from ${renamedFrom})`))}
      />
      <Named what={countOf(code.length, "file of code", "files of code")} names={code} />
      <Named
        what={countOf(conversations.length, "transcript")}
        names={conversations.map(({ fileName, count }) =>
          count === 1 ? fileName : `${fileName} (${countOf(count, "conversation")})`,
        )}
      />
      {failed.slice(0, mostNames).map(({ path, why }) => (
        <li key={`${path}\n${why}`} className="text-danger">
          {path}: {why}
        </li>
      ))}
      {failed.length > mostNames && (
        <li className="text-danger">… and {failed.length - mostNames} more that cannot be</li>
      )}
    </ul>
  )
}

function About({ value, onChange }: { value: string; onChange: (projectId: string) => void }) {
  const projects = useProjectChoices().filter((choice) => choice.value !== "")
  return (
    <Select
      label="Project that the conversations are about"
      value={value}
      onChange={({ target }) => onChange(target.value)}
    >
      <option value="">None</option>
      {value !== "" && !projects.some((choice) => choice.value === value) && <option value={value}>{value}</option>}
      {projects.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </Select>
  )
}

/** What was found, and where it goes. */
export function ImportPlan({
  found,
  projectId: open,
  onImport,
  onCancel,
}: {
  found: FoundSummary
  /** The project that was open as the files were given. */
  projectId: string | undefined
  onImport: (choice: ImportChoice) => void
  onCancel: () => void
}) {
  const group = useId()
  const { projects, code, conversations } = found
  const [alone] = projects.length === 1 && code.length === 0 ? projects : []
  const [projectId, setProjectId] = useState(open ?? "")
  // A folder that names itself a project is one; files alone go where the person is.
  const [intoProject, setIntoProject] = useState(open !== undefined && alone !== undefined && !alone.hasIndex)
  const [overwrite, setOverwrite] = useState(false)
  const nothing = projects.length + code.length + conversations.length === 0
  const asksProject = code.length > 0 || (alone !== undefined && intoProject)

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    onImport({ projectId: projectId || undefined, intoProject: alone !== undefined && intoProject, overwrite })
  }

  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4">
      <Found found={found} />
      {alone && (
        <fieldset className="flex flex-col gap-2 text-sm">
          <legend className="mb-1.5 font-medium">Where it goes</legend>
          <label className="flex items-center gap-2">
            <input
              type="radio"
              name={group}
              checked={!intoProject}
              onChange={() => setIntoProject(false)}
              className="accent-accent"
            />
            The project “{alone.id}”, called like it
          </label>
          <label className="flex items-center gap-2">
            <input
              type="radio"
              name={group}
              checked={intoProject}
              onChange={() => setIntoProject(true)}
              className="accent-accent"
            />
            Another project
          </label>
        </fieldset>
      )}
      {asksProject && (
        <ProjectField
          label={code.length > 0 ? "Project of the code" : "Project"}
          value={projectId}
          onChange={setProjectId}
        />
      )}
      {!asksProject && conversations.length > 0 && <About value={projectId} onChange={setProjectId} />}
      {(code.length > 0 || projects.length > 0) && (
        <label className="flex items-start gap-2 text-sm">
          <input
            type="checkbox"
            checked={overwrite}
            onChange={() => setOverwrite(!overwrite)}
            className="mt-0.5 accent-accent"
          />
          <span>
            Overwrite what was changed here, too
            <span className="block text-xs text-soft">
              Without it, what was changed on both sides stays and is told.
            </span>
          </span>
        </label>
      )}
      {nothing && <p className="text-sm">There is nothing in it that can be imported.</p>}
      <DialogActions>
        <Button onClick={onCancel}>{nothing ? "Close" : "Cancel"}</Button>
        {!nothing && (
          <Button
            type="submit"
            disabled={asksProject && projectId === ""}
            className="border-accent! bg-accent! text-on-accent! disabled:opacity-50"
          >
            Import
          </Button>
        )}
      </DialogActions>
    </form>
  )
}
