/** Control characters that a terminal acts upon, and those that turn the direction of text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** A text of lines that no terminal takes for commands: other people's names, messages and code are not trusted. */
export const printable = (text: string): string => text.replaceAll("\r\n", "\n").replace(unprintable, "\ufffd")

/** As `printable`, on one line. */
export const printableLine = (text: string): string => printable(text).replace(/[\n\t]+/g, " ")
