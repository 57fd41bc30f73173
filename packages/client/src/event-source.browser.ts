/** Nothing to add: a browser brings its own, which sends the page's cookies and takes no headers. */
export const eventSourceFor = () => ({})
