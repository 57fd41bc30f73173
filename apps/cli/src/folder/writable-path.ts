import { isSafePath, pathProblem } from "@strudel-agent/project-folder/paths"

/**
 * Why a file that a server names is not written below its project's folder, or undefined where it may be. A hidden file
 * is none that an import takes, and could be read by other programs as settings or commands.
 */
export function unwritable(path: string, platform: NodeJS.Platform = process.platform): string | undefined {
  const segments = path.split("/")
  if (!segments.every(staysBelow)) return "is no path within the project's folder"
  if (segments.some((segment) => segment.startsWith("."))) return "is hidden"
  if (platform === "win32" && !isSafePath(path)) return "has a name that Windows does not write"
  return undefined
}

function staysBelow(segment: string): boolean {
  const problem = pathProblem(segment)
  return problem === undefined || problem === "device-name" || problem === "trailing-dot-or-space"
}

/** The name of a project's folder; undefined where its id cannot be one on this system. */
export function folderNameFor(id: string, platform: NodeJS.Platform = process.platform): string | undefined {
  // Without the underscore an import would read the id back, but Windows takes `aux` for a device.
  const name = pathProblem(id) === "device-name" ? `_${id}` : id
  return unwritable(name, platform) === undefined && !name.includes("/") ? name : undefined
}
