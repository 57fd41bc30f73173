import { getNodeFromPool as fromPool } from "superdough/nodePools.mjs"

export { isPoolable, releaseNodeToPool } from "superdough/nodePools.mjs"

/** Nodes of the browser's own that remember what passed through them: once it was no number, nothing else comes out. */
const lasting = new Set(["filter", "compressor"])

/** Nodes of superdough's are used again, those that a clip may have spoilt for others are made anew. */
export const getNodeFromPool = <Node extends AudioNode>(kind: string, make: () => Node): Node =>
  lasting.has(kind) ? make() : fromPool(kind, make)
