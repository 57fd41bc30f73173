import { entries } from "./entries.ts"
import type { Entry } from "./entry.ts"
import { nearestNames, nearness } from "./nearest.ts"
import { searchReference } from "./search.ts"

const written = new Set(["function", "control", "signal"])
const callable = entries.filter(({ kind }) => written.has(kind))

/** What a function is called, and what people call what it does, each as one word. */
const callings = callable.flatMap(({ name, aliases, purposes }) => [
  ...[name, ...aliases].map((calling) => ({ calling, name: calling, entry: name })),
  ...purposes.map((phrase) => ({ calling: phrase.replace(/[\s-]/g, ""), name, entry: name })),
])

const namesOfKind = (kind: Entry["kind"]) =>
  entries.filter((entry) => entry.kind === kind).flatMap(({ name, aliases }) => [name, ...aliases])
const soundNames = namesOfKind("sound")
const scaleNames = namesOfKind("scale")

/** The name that code was told it cannot use, by the message of its problem; null where the problem is another. */
export function unknownNameOf(message: string): string | null {
  return /^(?:.*\.)?([\p{L}_$][\p{L}\p{N}_$]*) is not (?:a function|defined)\b/u.exec(message)?.[1] ?? null
}

/** Functions that an invented one was probably meant to be: by how it is spelt, then by what its name says. */
export function functionsInsteadOf(name: string, limit = 4): string[] {
  const near = callings
    .flatMap((each) => {
      const score = nearness(name, each.calling)
      return score === undefined ? [] : [{ ...each, score }]
    })
    .sort(
      (one, other) => one.score - other.score || Number(one.name !== one.entry) - Number(other.name !== other.entry),
    )
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").replaceAll("_", " ")
  const meant = searchReference({ query: words, limit }).items.filter(({ kind }) => written.has(kind))
  const found = [...near, ...meant.map((entry) => ({ name: entry.name, entry: entry.name }))]
  const ofEachOne = new Map<string, string>()
  for (const { entry, name: other } of found) if (!ofEachOne.has(entry)) ofEachOne.set(entry, other)
  return [...ofEachOne.values()].slice(0, limit)
}

/** Sounds that an unknown one was probably meant to be. */
export const soundsInsteadOf = (name: string, limit = 3): string[] => nearestNames(name, soundNames, limit)

/** Scales that an unknown one was probably meant to be. */
export const scalesInsteadOf = (name: string, limit = 3): string[] => nearestNames(name, scaleNames, limit)

/** Whether this build has a sound of this name, computed, built in or by its list of what is fetched. */
export const isKnownSound = (name: string): boolean => knownSounds.has(name.toLowerCase())
const knownSounds = new Set(soundNames.map((name) => name.toLowerCase()))
