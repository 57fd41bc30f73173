export type Theme = "light" | "dark"

/** The theme that a cookie asks for; undefined follows the system. */
export const themeOf = (cookie: string | undefined): Theme | undefined =>
  cookie === "light" || cookie === "dark" ? cookie : undefined
