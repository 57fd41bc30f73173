/** Stands in for `source-map`, which escodegen only needs for maps that nobody here asks it for. */
export const SourceNode = undefined
