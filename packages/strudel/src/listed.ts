/** Numbers and notes that are listed of one sound. */
export const listed = 128
