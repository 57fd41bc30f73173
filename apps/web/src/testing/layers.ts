import type { Graph } from "./graph.ts"

/** The folder that has to stand for itself: `app`, a feature, a part of what is shared; "" for what lies beside them. */
export function areaOf(file: string): string {
  const [layer = "", part] = file.split("/")
  if (layer === "features" || layer === "shared") return `${layer}/${part}`
  return layer === "app" ? layer : ""
}

/** The folder that a file lies in; all of `app` is one. */
export const folderOf = (file: string): string =>
  file.startsWith("app/") ? "app" : file.split("/").slice(0, -1).join("/")

/** Whether a file of one area may import one of another. */
function mayImport(from: string, to: string): boolean {
  if (from === to || to === "" || from === "app") return true
  if (from.startsWith("features/") || from.startsWith("shared/")) return to.startsWith("shared/")
  return false
}

/** The imports that lead upwards or into a sibling, as `file → file`. */
export const forbiddenImports = (imports: Graph): string[] =>
  [...imports].flatMap(([file, others]) =>
    [...others].filter((other) => !mayImport(areaOf(file), areaOf(other))).map((other) => `${file} → ${other}`),
  )
