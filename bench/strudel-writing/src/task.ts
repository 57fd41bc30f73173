import type { Analysis } from "@strudel-agent/contract/clip/analysis"

/** The project that every task is about. */
export const project = "night"

/** Cycles that a clip is listened to for. */
export const cycles = 8

/** A clip as it is, and what it plays. */
export interface Piece {
  code: string
  heard: Analysis
}

/** What a library holds: clips by id, and of each song the ids of its clips in order. */
export interface Library<Clip> {
  clips: Readonly<Record<string, Clip>>
  songs: Readonly<Record<string, readonly string[]>>
}

/** A library before somebody worked on a task, and after it. */
export interface Outcome {
  before: Library<Piece>
  after: Library<Piece>
}

/** Something that has to be so once a task is done. */
export interface Check {
  /** What has to be so. */
  wanted: string
  /** Why it is not; undefined where it is. */
  fault(outcome: Outcome): string | undefined
}

export type TaskKind = "make" | "change" | "mend" | "arrange" | "match"

/** Something to ask an agent for, and how it can be seen that it was done: by no taste. */
export interface Task {
  id: string
  kind: TaskKind
  /** What the person says. */
  words: string
  start: Partial<Library<string>>
  /** What is other in a library in which it was done well: the proof that the checks can be met. */
  solution: Partial<Library<string>>
  checks: readonly Check[]
}

/** A clip of named layers, one a line. */
export const layers = (parts: Record<string, string>): string =>
  Object.entries(parts)
    .map(([label, pattern]) => `${label}: ${pattern}`)
    .join("\n")
