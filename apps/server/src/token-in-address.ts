import { pathOf } from "./request-target.ts"

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** What a parameter named `token` says: as a form reads it, and with its plus signs, which people paste as they are. */
function tokensOf(parameter: string): string[] {
  const [[name, value] = []] = new URLSearchParams(`&${parameter}`)
  return name === "token" && value !== undefined ? [value, decoded(parameter.replace(/^[^=]*=?/, ""))] : []
}

/** The tokens that an address brings, and the address without them: on this server, the rest of it byte for byte. */
export function splitToken(target: string): { tokens: string[]; address: string } {
  const path = pathOf(target)
  const parameters = target.slice(path.length + 1).split("&")
  const rest = parameters.filter((parameter) => tokensOf(parameter).length === 0)
  // Two slashes or backslashes at its beginning would make the next name another host.
  const local = path.replace(/^[/\\]+/, "/")
  return { tokens: parameters.flatMap(tokensOf), address: rest.join("&") ? `${local}?${rest.join("&")}` : local }
}
