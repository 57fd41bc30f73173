import { describe, expect, it } from "vitest"
import { authorityOf, pathOf, plainTarget } from "./request-target.ts"
import { splitToken } from "./token-in-address.ts"

describe("a request target", () => {
  it.each([
    ["/api/sessions?q=%61", "/api/sessions?q=%61"],
    ["/%61pi/%73essions?q=%61", "/api/sessions?q=%61"],
    ["/%41%5A%2D%2e%5f%7E%30", "/AZ-._~0"],
    ["/a%2Fb%2fc%3Fd%23e%25f%20g%C3%A9", "/a%2Fb%2fc%3Fd%23e%25f%20g%C3%A9"],
    ["/%2561pi", "/%2561pi"],
    ["/%", "/%"],
    ["/%zz%6", "/%zz%6"],
    ["http://host/api/x?y", "/api/x?y"],
    ["HTTP://user@host:1?y", "/?y"],
    ["https://host", "/"],
    ["/api#x?y", "/api"],
    ["/api?x#y", "/api?x"],
    ["//api/x", "//api/x"],
    ["*", "*"],
    ["", "/"],
  ])("%j is judged as %j", (target, plain) => {
    expect(plainTarget(target)).toBe(plain)
    expect(plainTarget(plain)).toBe(plain)
  })

  it("names a host in absolute form alone", () => {
    expect(authorityOf("http://user@host:1/x?http://y/")).toBe("user@host:1")
    expect(authorityOf("/http://host/")).toBeUndefined()
  })

  it("ends its path at the query", () => {
    expect([pathOf("/a?b?c"), pathOf("/a"), pathOf("?")]).toEqual(["/a", "/a", ""])
  })
})

describe("an address with a token", () => {
  it.each([
    ["/sessions?token=t", ["t", "t"], "/sessions"],
    ["/?q=a%20b+c&token=t&x&=&tag=%C3%A9", ["t", "t"], "/?q=a%20b+c&x&=&tag=%C3%A9"],
    ["/?token=a&token=b&z=1", ["a", "a", "b", "b"], "/?z=1"],
    ["/?%74oken=%74", ["t", "t"], "/"],
    ["/?token=a+b%2Bc", ["a b+c", "a+b+c"], "/"],
    ["/?token=%E0%A4%A", ["\uFFFD%A", "%E0%A4%A"], "/"],
    ["/?token", ["", ""], "/"],
    ["/?Token=t&tokens=t&xtoken=t", [], "/?Token=t&tokens=t&xtoken=t"],
    ["//evil.example/x?token=t", ["t", "t"], "/evil.example/x"],
    ["/\\evil.example?token=t", ["t", "t"], "/evil.example"],
    ["/%5C/evil?token=t", ["t", "t"], "/%5C/evil"],
    ["/sessions", [], "/sessions"],
  ])("%j", (target, tokens, address) => {
    expect(splitToken(target)).toEqual({ tokens, address })
  })
})
