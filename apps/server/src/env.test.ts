import { describe, expect, it } from "vitest"
import { readEnv, refuseOpenHost } from "./env.ts"

const token = "sixteen-letters-or-more"

describe("the host", () => {
  const judge = (source: Record<string, string>) => refuseOpenHost(readEnv(source))

  it.each(["", "127.0.0.1", "127.9.9.9", "localhost", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1", "127.1"])(
    "may be %j without a token: it is this machine alone",
    async (HOST) => {
      await judge({ HOST })
    },
  )

  it.each(["0.0.0.0", "::", "0", "192.168.1.2", "::ffff:192.168.1.2", "2001:db8::1", "128.0.0.1"])(
    "may not be %j without a token, unless the operator says so",
    async (HOST) => {
      await expect(judge({ HOST })).rejects.toThrow(/STRUDEL_TOKEN=… npm start.*STRUDEL_ALLOW_NO_TOKEN=true/)
      await expect(judge({ HOST, STRUDEL_TOKEN: "", STRUDEL_ALLOW_NO_TOKEN: "false" })).rejects.toThrow(
        `HOST is ${HOST}`,
      )
      await judge({ HOST, STRUDEL_TOKEN: token })
      await judge({ HOST, STRUDEL_ALLOW_NO_TOKEN: "true" })
    },
  )

  it("is told where it is none", async () => {
    await expect(judge({ HOST: "no-such-host.invalid" })).rejects.toThrow("This machine has no address")
  })
})

describe("the web app", () => {
  it("is not spoken to without the secret that it knows the server by", () => {
    const WEB_URL = "http://127.0.0.1:3001"
    expect(() => readEnv({ WEB_URL })).toThrow("STRUDEL_WEB_SECRET: must be set")
    expect(() => readEnv({ WEB_URL, STRUDEL_WEB_SECRET: "short" })).toThrow("at least 16 characters")
    expect(readEnv({ WEB_URL, STRUDEL_WEB_SECRET: token })).toMatchObject({ WEB_URL, STRUDEL_WEB_SECRET: token })
    expect(readEnv({ WEB_URL: "" }).WEB_URL).toBeUndefined()
  })
})
