import { idLength } from "@strudel-agent/contract/item"

/** An id that a name suggests: small letters, digits and hyphens; empty where the name has none of them. */
export const slugOf = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replaceAll("ß", "ss")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, idLength)
    .replace(/-+$/, "")
