"use client"

import { keepPreviousData } from "@tanstack/react-query"
import { useSearchParams } from "next/navigation"
import { useId } from "react"
import { api } from "#shared/api/trpc.ts"
import { PillField, SearchField, SelectField, TextField } from "#shared/collection/filter-fields.tsx"
import { FilterForm, MoreFilters } from "#shared/collection/filter-form.tsx"
import { useProjectChoices } from "#shared/items/project-choices.ts"
import { useNow, useTimeZone } from "#shared/ui/clock.tsx"
import { withChanges } from "#shared/url-state/address.ts"
import { AddressLink } from "#shared/url-state/address-link.tsx"
import { itemTypeNames, readSessionFilter, sortNames, spans, statusNames } from "./session-filter.ts"

const choices = (names: Record<string, string>, all: string) => [
  { value: "", label: all },
  ...Object.entries(names).map(([value, label]) => ({ value, label })),
]

const spanChoices = [
  { value: "", label: "Any time" },
  ...Object.entries(spans).map(([value, { label }]) => ({ value, label })),
]

const sorts = Object.entries(sortNames).map(([value, label]) => ({ value: value === "activity" ? "" : value, label }))

/** What the sessions of late are about, for choices and suggestions. */
export const useSessionFacets = () => api.session.facets.useQuery(undefined, { staleTime: 60_000 }).data

/** The same, of the sessions that pass the filters that are set. */
function useFilteredFacets() {
  const input = readSessionFilter(useSearchParams(), { now: useNow(), timeZone: useTimeZone() })
  const { sort: _sort, ascending: _ascending, limit: _limit, ...filter } = input
  return api.session.facets.useQuery(filter, { staleTime: 60_000, placeholderData: keepPreviousData }).data
}

/** A part of the address that something else than a field of the form sets; the form hands it on. */
function Kept({ name }: { name: string }) {
  const value = useSearchParams().get(name) ?? ""
  return <input type="hidden" name={name} defaultValue={value} />
}

/** A filter that is on or off. */
function SwitchFilter({ name, label, sign }: { name: "unseen" | "waiting"; label: string; sign: string }) {
  const params = useSearchParams()
  const on = Boolean(params.get(name))
  return (
    <AddressLink
      search={withChanges(params.toString(), { [name]: on ? null : "1" })}
      aria-current={on ? "true" : undefined}
      className="flex h-9 items-center gap-2 rounded-md border border-line bg-panel px-3 text-sm text-soft hover:border-edge hover:text-ink aria-[current]:border-accent aria-[current]:bg-wash aria-[current]:text-ink"
    >
      <span aria-hidden="true" className={`size-2 ${sign}`} />
      {label}
      <span className="sr-only">{on ? "only; show all" : "only"}</span>
    </AddressLink>
  )
}

/** The filters of the list of sessions. */
export function SessionFilters() {
  const id = useId()
  const projects = useProjectChoices()
  const facets = useFilteredFacets()
  const agents = (facets?.agents ?? []).map(({ agentName, count }) => ({
    value: agentName,
    label: `${agentName} · ${count}`,
  }))
  return (
    <FilterForm label="Filter sessions">
      <SearchField name="q" label="Name of the session" />
      <PillField name="status" label="Status" choices={choices(statusNames, "All")} />
      <SwitchFilter name="unseen" label="Unseen" sign="rounded-full bg-accent" />
      <SwitchFilter name="waiting" label="Waiting for approval" sign="rotate-45 rounded-[1px] bg-accent" />
      <SelectField name="sort" label="Sort by" choices={sorts} beside />
      <Kept name="unseen" />
      <Kept name="waiting" />
      <Kept name="order" />
      <MoreFilters names={["project", "agent", "type", "item", "tag", "active", "from", "to"]}>
        <div className="col-span-full grid grid-cols-2 gap-x-4 gap-y-3 md:grid-cols-4 rail:grid-cols-8">
          <SelectField name="project" label="Project" choices={projects} />
          <SelectField name="agent" label="Agent" choices={[{ value: "", label: "Any" }, ...agents]} />
          <SelectField name="type" label="About a" choices={choices(itemTypeNames, "Anything")} />
          <TextField name="item" label="Item id" placeholder="kick" list={`${id}-items`} />
          <TextField name="tag" label="Tag" list={`${id}-tags`} />
          <SelectField name="active" label="Active" choices={spanChoices} />
          <TextField name="from" label="From" type="date" />
          <TextField name="to" label="To" type="date" />
        </div>
        <datalist id={`${id}-items`}>
          {facets?.items.map(({ itemType, itemId, projectId }) => (
            <option key={`${itemType} ${projectId} ${itemId}`} value={itemId}>
              {[itemType, projectId].filter(Boolean).join(" · ")}
            </option>
          ))}
        </datalist>
        <datalist id={`${id}-tags`}>
          {facets?.tags.map(({ tag, count }) => (
            <option key={tag} value={tag}>
              {count}
            </option>
          ))}
        </datalist>
      </MoreFilters>
    </FilterForm>
  )
}

/** Opens the filters that are not always in sight and leads to the first of them. */
export function openFilters(): void {
  const more = document.querySelector<HTMLDetailsElement>("main search details")
  if (!more) return
  more.open = true
  more.querySelector<HTMLElement>("select, input")?.focus()
}
