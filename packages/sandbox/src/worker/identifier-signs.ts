/**
 * Stands in for the tables of esutils, by which escodegen tells identifiers and spaces from other signs: 10 KB on the
 * wire of what every browser's regular expressions know.
 */
const starts = /[\p{ID_Start}$_]/u
const continues = /[\p{ID_Continue}$\u200c\u200d]/u

const isIn = (signs: RegExp) => (code: number) => signs.test(String.fromCodePoint(code))

export const isDecimalDigit = isIn(/[0-9]/)
export const isHexDigit = isIn(/[0-9a-f]/i)
export const isOctalDigit = isIn(/[0-7]/)
export const isLineTerminator = isIn(/[\n\r\u2028\u2029]/)
export const isWhiteSpace = isIn(/[\t\v\f\ufeff\p{Zs}]/u)
export const isIdentifierStartES5 = isIn(starts)
export const isIdentifierPartES5 = isIn(continues)
export const isIdentifierStartES6 = isIdentifierStartES5
export const isIdentifierPartES6 = isIdentifierPartES5
