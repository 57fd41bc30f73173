"use client"

import { useProjectChoices } from "../project/project-choices.ts"
import { SearchField, SelectField, TextField } from "../ui/filter-fields.tsx"
import { FilterForm, MoreFilters } from "../ui/filter-form.tsx"
import { sortNames } from "./clip-filter.ts"

const sorts = Object.entries(sortNames).map(([value, label]) => ({ value: value === "updated" ? "" : value, label }))

export function ClipFilters() {
  const projects = useProjectChoices()
  return (
    <FilterForm label="Filter clips">
      <SearchField name="q" label="Name or code" />
      <SelectField name="sort" label="Sort by" choices={sorts} beside />
      <MoreFilters names={["project", "tag", "scale", "bpm_min", "bpm_max"]}>
        <SelectField name="project" label="Project" choices={projects} />
        <TextField name="tag" label="Tag" placeholder="drums" />
        <TextField name="scale" label="Scale" placeholder="F minor" />
        <TextField name="bpm_min" label="From bpm" inputMode="decimal" />
        <TextField name="bpm_max" label="To bpm" inputMode="decimal" />
      </MoreFilters>
    </FilterForm>
  )
}
