import type { Outputs } from "@strudel-agent/client/client"

export type ListedModel = Extract<Outputs["agent"]["models"], { ok: true }>["models"][number]

/** Models that are shown at once. */
const most = 100

/** The models that have a text in their id or name, those that begin with it first; all of them for the id of one. */
export function foundModels(models: ListedModel[], text: string): ListedModel[] {
  const wanted = text.trim().toLowerCase()
  if (models.some(({ id }) => id === text.trim())) return models.slice(0, most)
  const rank = ({ id, name }: ListedModel): number => {
    if (id.toLowerCase().startsWith(wanted)) return 0
    return `${id} ${name ?? ""}`.toLowerCase().includes(wanted) ? 1 : 2
  }
  return models
    .filter((model) => rank(model) < 2)
    .toSorted((one, other) => rank(one) - rank(other))
    .slice(0, most)
}
