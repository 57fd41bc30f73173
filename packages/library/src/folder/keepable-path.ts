import { pathProblem } from "@strudel-agent/project-folder/paths"

/**
 * Whether a file of this path may be kept: one that names something below its folder. Some systems cannot write a name
 * such as `aux.js` or one with a dot at its end; who writes files has to check for that.
 */
export const isKeepablePath = (path: string): boolean => path.split("/").every(isKeepableSegment)

function isKeepableSegment(segment: string): boolean {
  switch (pathProblem(segment)) {
    case undefined:
    case "device-name":
      return true
    case "trailing-dot-or-space":
      return /[^. ]/.test(segment)
    default:
      return false
  }
}
