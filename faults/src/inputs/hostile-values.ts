import fc from "fast-check"

const names = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "then", "toJSON", "length", ""]

/** An object with any of its names as its own, `__proto__` too, as JSON makes it. */
const ownNames = fc.array(fc.tuple(fc.oneof(fc.constantFrom(...names), fc.string()), fc.anything({ maxDepth: 2 })), {
  maxLength: 8,
})

const textOf = (entries: [string, unknown][]): unknown =>
  JSON.parse(
    `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value) ?? "null"}`).join(",")}}`,
  )

const nested = fc
  .record({ depth: fc.constantFrom(10, 33, 60, 2_000), isObject: fc.boolean() })
  .map(({ depth, isObject }) => {
    const open = isObject ? '{"a":' : "["
    return JSON.parse(`${open.repeat(depth)}1${(isObject ? "}" : "]").repeat(depth)}`) as unknown
  })

const repeated = fc
  .record({
    part: fc.constantFrom(
      "a",
      " ",
      "\u0000",
      "\ud800",
      "🥁",
      "e\u0301",
      "\u202e",
      "[",
      "<",
      "1. ",
      "%",
      "\\",
      '"',
      "\n",
      "\u2028",
    ),
    times: fc.constantFrom(1, 51, 201, 5_000, 300_000),
  })
  .map(({ part, times }) => part.repeat(times))

const odd = fc.constantFrom(
  ...["\u0000", "a\u0000b", "\ud800", "x\udc00y", "\ufeff", "../..", "%00", "null", "undefined", "NaN", "-0", "1e400"],
  ...["' OR 1=1 --", "<script>", "2024-02-30T00:00:00Z", "0000-00-00", "9999999999999999999999"],
  ...["{}", "[]", "\\u0000", "a".repeat(36), "00000000-0000-0000-0000-000000000000", ...names],
)

const numbers = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    -1,
    1,
    201,
    2 ** 31,
    -(2 ** 31) - 1,
    2 ** 53,
    2 ** 53 + 2,
    -(2 ** 63),
    1e21,
    1e308,
    5e-324,
    0.1,
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)

/** Values that no field asks for, and those that fields ask for at their edges. All of it can be written as JSON. */
export const hostileValues: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: odd },
  { weight: 3, arbitrary: numbers },
  { weight: 2, arbitrary: fc.constantFrom(null, true, false, [], {}, [null], [[]], [{}]) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  { weight: 2, arbitrary: repeated },
  { weight: 2, arbitrary: ownNames.map(textOf) },
  { weight: 1, arbitrary: nested },
  { weight: 1, arbitrary: fc.array(fc.integer(), { minLength: 0, maxLength: 1_000 }) },
)
