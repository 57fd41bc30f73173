const numbers = new Intl.NumberFormat("en-GB")

/** A whole number with its thousands set apart. */
export const formatNumber = (value: number): string => numbers.format(value)

/** A number of things in words: "1 clip", "2,000 clips". */
export const countOf = (value: number, one: string, many = `${one}s`): string =>
  `${formatNumber(value)} ${value === 1 ? one : many}`
