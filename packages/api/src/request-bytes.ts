import { limits } from "@strudel-agent/contract/limits"
import type { inferRouterInputs } from "@trpc/server"
import type { AppRouter } from "./root.ts"

type Inputs = inferRouterInputs<AppRouter>
type Path = { [Word in keyof Inputs]: `${Word}.${keyof Inputs[Word] & string}` }[keyof Inputs]

/** Calls that bring more than others. */
const large: ReadonlyMap<string, number> = new Map<Path, number>([
  ["message.append", limits.requestBytes.append],
  ["project.importFiles", limits.requestBytes.importFiles],
  ["backup.restore", limits.requestBytes.restore],
])

/** Bytes that a call may bring, by its procedure's path. */
export const requestBytesOf = (path: string): number => large.get(path) ?? limits.requestBytes.usual
