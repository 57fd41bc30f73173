"use client"

import { useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { Field, Select } from "#shared/ui/field.tsx"
import { projectChoicesInput } from "./project-inputs.ts"

/** The choice of a project: one that is there, or another by its id. */
export function ProjectField({
  label = "Project",
  value,
  without,
  problem,
  onChange,
}: {
  label?: string
  value: string
  /** A project that is no choice. */
  without?: string | undefined
  problem?: string | undefined
  onChange: (projectId: string) => void
}) {
  const { data } = api.project.list.useQuery(projectChoicesInput)
  const projects = (data?.items ?? []).filter(({ id }) => id !== without)
  const [isNew, setNew] = useState(false)
  if (isNew || (data && projects.length === 0)) {
    return (
      <Field
        label={`${label}: the id of a new one`}
        value={value}
        problem={problem}
        note="Letters, digits, dots, hyphens. It is made along with what goes into it."
        spellCheck={false}
        autoFocus={isNew}
        className="font-mono"
        onChange={({ target }) => onChange(target.value)}
      />
    )
  }
  return (
    <Select
      label={label}
      value={value}
      problem={problem}
      onChange={({ target }) => {
        const made = target.value === "\n"
        setNew(made)
        onChange(made ? "" : target.value)
      }}
    >
      <option value="" disabled>
        Choose a project
      </option>
      {value !== "" && !projects.some(({ id }) => id === value) && <option value={value}>{value}</option>}
      {projects.map(({ id, name }) => (
        <option key={id} value={id}>
          {name === id ? id : `${name} (${id})`}
        </option>
      ))}
      <option value={"\n"}>A new project…</option>
    </Select>
  )
}
