interface Numbers {
  readonly length: number
  [index: number]: number
}

const isNumbers = (value: unknown): value is Numbers => ArrayBuffer.isView(value) && "length" in value

/** Randomness of `crypto` that follows `Math.random`, so that a clip plays the same wherever it runs with one seed. */
export const createRandomness = () => ({
  getRandomValues<Values>(values: Values): Values {
    if (!isNumbers(values)) throw new TypeError("getRandomValues fills an array of whole numbers")
    for (let index = 0; index < values.length; index++) values[index] = Math.floor(Math.random() * 2 ** 32)
    return values
  },
  /** A version 4 UUID, as RFC 9562 lays it out. */
  randomUUID(): string {
    const digits = Array.from({ length: 32 }, () => Math.floor(Math.random() * 16))
    digits[12] = 4
    digits[16] = 8 + ((digits[16] ?? 0) % 4)
    const text = digits.map((digit) => digit.toString(16)).join("")
    return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
  },
})
