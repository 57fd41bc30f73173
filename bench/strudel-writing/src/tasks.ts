import type { Task } from "./task.ts"
import { arrange } from "./tasks/arrange.ts"
import { change } from "./tasks/change.ts"
import { make } from "./tasks/make.ts"
import { match } from "./tasks/match.ts"
import { mend } from "./tasks/mend.ts"

/** What agents are asked for, eight of each kind. */
export const tasks: readonly Task[] = [...make, ...change, ...mend, ...arrange, ...match]
