/** Seconds of the pieces in which an echo is set up. */
export const pieceLength = 2.5
