/** Characters of an id. */
const most = 100

/** An id that reads like a name: "Café del Mar!" is "cafe-del-mar"; empty where nothing of it can stand in one. */
export const suggestedId = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, most)
    .replace(/^-+|-+$/g, "")
