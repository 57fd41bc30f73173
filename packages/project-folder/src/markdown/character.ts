import { decodeNamedCharacterReference } from "decode-named-character-reference"

const replacement = "\ufffd"

/** Whether a character separates words, is a sign, or is part of a word; what stands outside of the text separates. */
export type CharacterKind = "blank" | "sign" | "word"

const blank = /\s/
const sign = /[\p{P}\p{S}]/u

function kindOfCharacter(character: string): CharacterKind {
  if (blank.test(character)) return "blank"
  return sign.test(character) ? "sign" : "word"
}

const asciiKinds = Array.from({ length: 128 }, (_, code) => kindOfCharacter(String.fromCharCode(code)))

/** The kind of the character at an offset. Of a pair of surrogates each half is taken for part of a word. */
export function kindAt(text: string, at: number): CharacterKind {
  const code = text.charCodeAt(at)
  if (Number.isNaN(code)) return "blank"
  return asciiKinds[code] ?? kindOfCharacter(text.charAt(at))
}

const escapable = /[!-/:-@[-`{-~]/

export const isEscapable = (character: string): boolean => escapable.test(character)

export const isBlankCode = (code: number): boolean => code === 32 || code === 9

/** Offset of the first character from `at` on that is no space or tab; at most `end`. */
export function skipBlanks(text: string, at: number, end = text.length): number {
  while (at < end && isBlankCode(text.charCodeAt(at))) at++
  return at
}

function numbered(digits: string, base: 10 | 16): string {
  const code = Number.parseInt(digits, base)
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return replacement
  return String.fromCodePoint(code)
}

function decoded(decimal: string | undefined, hexadecimal: string | undefined, name: string | undefined) {
  if (decimal !== undefined) return numbered(decimal, 10)
  if (hexadecimal !== undefined) return numbered(hexadecimal, 16)
  return decodeNamedCharacterReference(name ?? "") || undefined
}

const referenceHere = /&(?:#(?:(\d{1,7})|x([\da-f]{1,6}))|([a-z\d]{1,31}));/iy

/** What a character reference such as `&amp;` stands for, and where it ends; undefined where there is none. */
export function referenceAt(text: string, at: number): { value: string; end: number } | undefined {
  referenceHere.lastIndex = at
  const found = referenceHere.exec(text)
  const value = found && decoded(found[1], found[2], found[3])
  return found && value ? { value, end: at + found[0].length } : undefined
}

const escapes = /\\([!-/:-@[-`{-~])|&(?:#(?:(\d{1,7})|x([\da-f]{1,6}))|([a-z\d]{1,31}));/gi

/** A text without the backslashes before signs, and with what character references stand for. */
export const unescaped = (text: string): string =>
  text.replace(
    escapes,
    (whole, sign: string | undefined, decimal: string | undefined, hexadecimal: string | undefined, name: string) =>
      sign ?? decoded(decimal, hexadecimal, name) ?? whole,
  )
