import fc from "fast-check"
import { expect, it } from "vitest"
import { inexactNumberProblem, isExactNumber } from "./exact-number.ts"

it.each([
  ...[
    "0",
    "-0",
    "0.0",
    "0e999999",
    "-0.000e-5",
    "1",
    "0.1",
    "1.10",
    "100.0",
    "1e3",
    "1E+3",
    "1.5e-7",
    "1e300",
    "5e-324",
  ],
  ...["9007199254740992", "9007199254740991", "-9007199254740991", "9007199254740994", "107505301260286110"],
  ...["1.7976931348623157e308", "179769313486231570000e288", "123456789012345680000", "0.30000000000000004"],
  ...["1000000000000000000000000000000000000", "0.000001", "0.0000001", `0.${"0".repeat(300)}1`, `1${"0".repeat(300)}`],
])("holds %s", (token) => {
  expect(isExactNumber(token)).toBe(true)
})

it.each([
  ...["9007199254740993", "-9007199254740993", "107505301260286111", "0.1000000000000000055", "0.30000000000000000001"],
  ...["1e400", "-1e400", "1e-400", "4e-324", "1e99999999999999999999", "2.2250738585072011e-308", "1e309"],
  ...[`1${"0".repeat(300)}1`, `0.${"0".repeat(400)}1`, `1${"0".repeat(400)}`, "1.7976931348623157e309"],
])("does not hold %s", (token) => {
  expect(isExactNumber(token)).toBe(false)
})

it("holds every number as JavaScript prints it", () => {
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => isExactNumber(String(value))))
})

it("holds a whole number where JavaScript counts to it, and else where its digits come out again", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }), (value) => {
      const printed = BigInt(Number(value)) === value
      // A number that prints with fewer digits than its exact value has is held by those that it prints.
      if (printed && value > -(2n ** 53n) && value < 2n ** 53n) expect(isExactNumber(`${value}`)).toBe(true)
      if (!printed && `${value}`.replace(/0+$/, "").length > 18) expect(isExactNumber(`${value}`)).toBe(false)
    }),
  )
})

it("leaves what is no number of JSON to the parser", () => {
  for (const token of ["-", "01", "1.", ".5", "1e", "--1", "1.2.3", "NaN", "00000000000000000000"]) {
    expect(isExactNumber(token)).toBe(true)
  }
})

it("says why, with the first digits of a long one", () => {
  expect(inexactNumberProblem("107505301260286111")).toBe(
    "107505301260286111 has more digits than can be kept exactly; send it as a string",
  )
  expect(inexactNumberProblem("1e400")).toBe("1e400 is further from 1 than can be kept exactly; send it as a string")
  expect(inexactNumberProblem("1".repeat(100))).toBe(
    `${"1".repeat(40)}… has more digits than can be kept exactly; send it as a string`,
  )
})
