import type { Task } from "./task.ts"

/** What a model does in one step: the tools that it calls, and what it says. */
export interface ScriptedStep {
  calls: { name: string; input: Record<string, unknown> }[]
  text: string[]
}

/** Bars of each part of a song. */
const bars = 8

/** The steps of a model that does a task as its solution has it, in a project. */
export function solve({ start, solution }: Task, project: string): ScriptedStep[] {
  const saves = Object.entries(solution.clips ?? {}).map(([id, code]) => ({
    name: "save_clip",
    input: { project, id, code, ...(start.clips?.[id] === undefined ? {} : { expected_version: 1 }) },
  }))
  const arrangements = Object.entries(solution.songs ?? {}).map(([id, clipIds]) => ({
    name: "arrange_song",
    input: {
      ...{ project, id, sections: clipIds.map((clip, i) => ({ name: `Part ${i + 1}`, bars, clips: [clip] })) },
      ...(start.songs?.[id] === undefined ? {} : { expected_version: 1 }),
    },
  }))
  const working = [saves, arrangements].filter((calls) => calls.length > 0).map((calls) => ({ calls, text: [] }))
  return [...working, { calls: [], text: ["Done."] }]
}
