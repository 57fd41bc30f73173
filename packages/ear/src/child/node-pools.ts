/** superdough keeps nodes to use them again; here each sound has its own, so that none depends on what was heard before. */
export const getNodeFromPool = <Node extends AudioNode>(_kind: string, make: () => Node): Node => make()
export const releaseNodeToPool = (node: AudioNode): void => node.disconnect()
export const isPoolable = (): boolean => false
