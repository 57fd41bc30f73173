/** Seconds of the pieces in which an echo is set up: nothing waits for its turn here, and one piece costs less than many. */
export const pieceLength = 60
