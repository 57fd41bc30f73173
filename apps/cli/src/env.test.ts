import { expect, it } from "vitest"
import { readEnv } from "./env.ts"

it("has a default for everything", () => {
  expect(readEnv({}, "/here")).toEqual({
    url: "http://127.0.0.1:3000",
    token: undefined,
    waitMilliseconds: 10_000,
    debug: false,
    editor: undefined,
    folder: "/here",
  })
  expect(readEnv({ STRUDEL_URL: "", STRUDEL_TOKEN: "", INIT_CWD: "", DEBUG: "" }, "/here").folder).toBe("/here")
})

it("reads what is set", () => {
  const set = {
    STRUDEL_URL: "https://example.org:8443//",
    STRUDEL_TOKEN: "t",
    INIT_CWD: "/there",
    STRUDEL_WAIT: "2.5",
    DEBUG: "http,strudel",
    EDITOR: "vi",
    VISUAL: "code --wait",
  }
  expect(readEnv(set, "/here")).toEqual({
    url: "https://example.org:8443",
    token: "t",
    waitMilliseconds: 2500,
    debug: true,
    editor: "code --wait",
    folder: "/there",
  })
  expect(readEnv({ DEBUG: "notstrudel" }, "/").debug).toBe(false)
})

it.each(["soon", "-1", "1e3", "3601", "NaN"])("refuses %s as a time to wait", (seconds) => {
  expect(() => readEnv({ STRUDEL_WAIT: seconds }, "/")).toThrow(`STRUDEL_WAIT is "${seconds}"`)
})

it.each(["localhost:3000", "ftp://example.org", "http://", "127.0.0.1"])("refuses %s as an address", (url) => {
  expect(() => readEnv({ STRUDEL_URL: url }, "/")).toThrow(`STRUDEL_URL is "${url}"`)
})
