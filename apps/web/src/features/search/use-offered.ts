import { keepPreviousData } from "@tanstack/react-query"
import { api } from "#shared/api/trpc.ts"
import { useDebounced } from "#shared/items/use-debounced.ts"
import { begunFilter, completeFilter, withValue } from "./complete-filter.ts"

/** Milliseconds of rest after which what was typed is looked for. */
export const typingRest = 120

/** A text as it would be with a completed filter. */
export interface Offer {
  /** What is completed: the filter's name or its value. */
  label: string
  /** How many things have the value. */
  count?: number
  text: string
}

/** The texts that a text which ends with a filter may become, the likeliest first: its name, a word, or what there is. */
export function useOffered(text: string): Offer[] {
  const rested = begunFilter(useDebounced(text, typingRest))
  const begun = begunFilter(text)
  const { data } = api.search.values.useQuery(
    { filter: rested?.filter ?? "tag", begins: rested?.begins ?? "" },
    { enabled: rested !== undefined, placeholderData: keepPreviousData, staleTime: 10_000 },
  )
  if (!begun) {
    const completed = completeFilter(text)
    return completed === undefined ? [] : [{ label: completed, text: completed }]
  }
  if (begun.filter !== rested?.filter || begun.begins !== rested.begins) return []
  return (data?.items ?? [])
    .filter(({ value }) => value !== begun.begins)
    .map(({ value, count }) => ({ label: value, count, text: withValue(begun, value) }))
}
