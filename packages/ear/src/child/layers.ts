import { type Job, mostOfJob } from "../job.ts"

type Haps = Job["haps"]

/** Events by the lane that they are of, or by their sound where the code has no lanes; those with the most of them. */
export function layersOf(haps: Haps): { name: string; haps: Haps }[] {
  const lanes = new Set(haps.map(({ lane }) => lane ?? null))
  const nameOf = ({ lane, sound }: Haps[number]) => (lanes.size > 1 ? lane : sound) ?? sound ?? ""
  const layers = new Map<string, Haps>()
  for (const hap of haps) {
    const layer = layers.get(nameOf(hap))
    if (layer) layer.push(hap)
    else layers.set(nameOf(hap), [hap])
  }
  return [...layers]
    .map(([name, haps]) => ({ name, haps }))
    .sort((one, other) => other.haps.length - one.haps.length)
    .slice(0, mostOfJob.layers)
}
