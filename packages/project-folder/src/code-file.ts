/** The ending of a file that holds a clip's code. */
export const codeEnding = /\.(?:js|str|strudel|txt|tidal)$/i

/** The same endings for people. */
export const codeEndings = ".js, .str, .strudel, .txt or .tidal"

/** A file's name without the ending of code or markdown. */
export const withoutEnding = (name: string): string => name.replace(codeEnding.test(name) ? codeEnding : /\.md$/i, "")
