import type { Client } from "@strudel-agent/client/client"
import { shortened } from "./conversation.ts"

/** Characters of one file, and of all of them. */
const most = { file: 16_000, together: 48_000 }

interface Asked {
  client: Client
  sessionId: string
  projectId: string | null
  signal: AbortSignal
}

/** Paths in a project's folder that a memory file's path may mean. */
const pathsOf = (path: string, projectId: string): string[] => {
  const plain = path.replace(/^\.?\/+/, "")
  return [...new Set([path, plain, plain.startsWith(`${projectId}/`) ? plain.slice(projectId.length + 1) : plain])]
}

/**
 * What a session's memory files say, the primary one first, as far as its project keeps them. The session is told of those
 * that were read.
 */
export async function readMemoryFiles({ client, sessionId, projectId, signal }: Asked): Promise<string[]> {
  const files = await client.memoryFile.list.query({ sessionId }, { signal })
  if (files.length === 0) return []
  const inOrder = files.toSorted((one, other) => Number(other.isPrimary) - Number(one.isPrimary))
  if (projectId === null) return inOrder.map(({ filePath }) => `${filePath}: not kept by a project of this library.`)
  const paths = inOrder.flatMap(({ filePath }) => pathsOf(filePath, projectId)).slice(0, 200)
  const { files: kept } = await client.project.texts.query({ projectId, paths }, { signal })
  const textOf = new Map(kept.map(({ path, text }) => [path, text]))
  let left = most.together
  const parts: string[] = []
  for (const { filePath, isPrimary, loaded } of inOrder) {
    const path = pathsOf(filePath, projectId).find((each) => textOf.has(each))
    const text = path === undefined ? undefined : textOf.get(path)
    if (text === undefined) {
      parts.push(`${filePath}: the project keeps no such text.`)
      continue
    }
    if (left <= 0) {
      parts.push(`${filePath}: left out, for those before it are long.`)
      continue
    }
    const excerpt = shortened(text, Math.min(most.file, left))
    left -= excerpt.length
    parts.push(`${filePath}${isPrimary ? " (primary)" : ""}:\n${excerpt}`)
    if (!loaded) await client.memoryFile.update.mutate({ sessionId, filePath, loaded: true }, { signal })
  }
  return parts
}
