import { isSlug } from "@strudel-agent/contract/item"
import { slugFor } from "@strudel-agent/project-folder/paths"

export interface ProjectName {
  id: string
  /** What it is called like, where the id is another. */
  renamedFrom?: string
}

/** The id of a project that is called like a folder or a file, of none that is taken. */
export function projectNamed(name: string, taken: (id: string) => boolean = () => false): ProjectName {
  if (isSlug(name) && !taken(name)) return { id: name }
  // Without an ending that the slug would lose: a folder may be called `demo.js`.
  return { id: slugFor(`${name}.md`, taken, "project"), renamedFrom: name }
}
