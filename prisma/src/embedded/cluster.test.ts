import { afterEach, expect, it, vi } from "vitest"
import { environment } from "./cluster.ts"

afterEach(() => vi.unstubAllEnvs())

it("gives PostgreSQL's programs neither the user's settings for it, nor how the server uses memory", () => {
  const kept = { PATH: process.env.PATH, LC_ALL: "C" }
  for (const name of ["PGPORT", "LC_CTYPE", "LANG", "MALLOC_ARENA_MAX", "MALLOC_TRIM_THRESHOLD_"]) vi.stubEnv(name, "1")
  expect(environment()).toMatchObject(kept)
  expect(Object.keys(environment()).filter((name) => /^(PG|LC_CTYPE|LANG|MALLOC_)/.test(name))).toEqual([])
})
