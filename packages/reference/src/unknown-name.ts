import { entries } from "./entries.ts"
import type { Entry } from "./entry.ts"
import { nearestNames, nearness } from "./nearest.ts"
import { searchReference } from "./search.ts"

const written = new Set(["function", "control", "signal"])
const callable = entries.filter(({ kind }) => written.has(kind))

/** What a function is called, and what people call what it does, each as one word; the first purposes fit the best. */
const callings = callable.flatMap(({ name, aliases, purposes }) => [
  ...[name, ...aliases].map((calling) => ({ calling, name: calling, entry: name, rank: 0 })),
  ...purposes.map((phrase, place) => ({ calling: phrase.replace(/[\s-]/g, ""), name, entry: name, rank: place + 1 })),
])

const namesOfKind = (kind: Entry["kind"]) =>
  entries.filter((entry) => entry.kind === kind).flatMap(({ name, aliases }) => [name, ...aliases])
const soundNames = namesOfKind("sound")
/** What people call drums, which their first two purposes are, and soundfonts without what their names begin with. */
const soundCallings = new Map(
  entries.toReversed().flatMap(({ name, topic, purposes }): [string, string][] => {
    if (topic === "soundfonts") return [[name.slice(3), name]]
    return topic === "drums" ? purposes.slice(0, 2).map((phrase) => [phrase.replaceAll(" ", ""), name]) : []
  }),
)
const scaleNames = namesOfKind("scale")

/** Characters of a message in which a name is looked for. */
const mostOfMessage = 2000

const unknownName = /^(?:.*\.)?(`?)([\p{L}_$][\p{L}\p{N}_$]*)\1 is not (a function|defined)\b/u

/** The name that code was told it cannot use, by the message of its problem; null where the problem is another. */
export const unknownNameOf = (message: string): string | null => unknownName.exec(message)?.[2] ?? null

/** Functions that are called nearly so, by their names or by what people call what they do, the nearest first. */
function functionsNear(name: string): { name: string; entry: string }[] {
  return callings
    .flatMap((each) => {
      const score = nearness(name, each.calling)
      return score === undefined ? [] : [{ ...each, score }]
    })
    .sort((one, other) => one.score - other.score || one.rank - other.rank)
}

/** Functions that an invented one was probably meant to be: by how it is spelt, then by what its name says. */
export function functionsInsteadOf(name: string, limit = 4): string[] {
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").replaceAll("_", " ")
  const meant = searchReference({ query: words, limit }).items.filter(({ kind }) => written.has(kind))
  const found = [...functionsNear(name), ...meant.map((entry) => ({ name: entry.name, entry: entry.name }))]
  const ofEachOne = new Map<string, string>()
  for (const { entry, name: other } of found) if (!ofEachOne.has(entry)) ofEachOne.set(entry, other)
  return [...ofEachOne.values()].slice(0, limit)
}

/** A problem of code that says, where it uses a function that does not exist, which one was probably meant. */
export function withNearestName<P extends { message: string }>(problem: P): P {
  const [, , name = "", kind] = unknownName.exec(problem.message.slice(0, mostOfMessage)) ?? []
  if (name === "") return problem
  const [near] = functionsNear(name)
  const meant = near ? `: did you mean \`${near.name}\`?` : ""
  return { ...problem, message: `\`${name}\` is not ${kind} here${meant}` }
}

/** Names of this length and below are near to too many others for a sign that is another. */
const short = 3

/** Sounds that an unknown one was probably meant to be: by what it is called, then by how it is spelt. */
export function soundsInsteadOf(name: string, limit = 3): string[] {
  const meant = soundCallings.get(name.toLowerCase())
  const near = nearestNames(name, soundNames, limit).filter(
    (other) => name.length > short || other.length !== name.length,
  )
  return [...new Set([...(meant ? [meant] : []), ...near])].slice(0, limit)
}

/** Scales that an unknown one was probably meant to be. */
export const scalesInsteadOf = (name: string, limit = 3): string[] => nearestNames(name, scaleNames, limit)

/** Whether this build has a sound of this name, computed, built in or by its list of what is fetched. */
export const isKnownSound = (name: string): boolean => knownSounds.has(name.toLowerCase())
const knownSounds = new Set(soundNames.map((name) => name.toLowerCase()))
