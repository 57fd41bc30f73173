/** The ending of a file that holds a clip's code. */
export const codeEnding = /\.(?:js|str|strudel|txt|tidal)$/i

/** The same endings for people. */
export const codeEndings = ".js, .str, .strudel, .txt or .tidal"
