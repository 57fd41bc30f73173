import { api } from "#shared/api/trpc.ts"
import type { Choice } from "#shared/collection/filter-fields.tsx"
import { projectChoicesInput } from "./project-inputs.ts"

/** The projects to choose from, the last changed 200. */
export function useProjectChoices(): Choice[] {
  const { data } = api.project.list.useQuery(projectChoicesInput)
  return [{ value: "", label: "Any" }, ...(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))]
}
