"use client"

import { useProjectChoices } from "../project/project-choices.ts"
import { PillField, SearchField, SelectField, TextField } from "../ui/filter-fields.tsx"
import { FilterForm, MoreFilters } from "../ui/filter-form.tsx"
import { itemTypeNames, statusNames } from "./session-filter.ts"

const choices = (names: Record<string, string>, all: string) => [
  { value: "", label: all },
  ...Object.entries(names).map(([value, label]) => ({ value, label })),
]

export function SessionFilters() {
  const projects = useProjectChoices()
  return (
    <FilterForm label="Filter sessions">
      <SearchField name="q" label="Name of the session" />
      <PillField name="status" label="Status" choices={choices(statusNames, "All")} />
      <MoreFilters names={["project", "type", "item", "tag"]}>
        <SelectField name="project" label="Project" choices={projects} />
        <SelectField name="type" label="About a" choices={choices(itemTypeNames, "Anything")} />
        <TextField name="item" label="Item id" placeholder="kick" />
        <TextField name="tag" label="Tag" />
      </MoreFilters>
    </FilterForm>
  )
}
