/**
 * Stands in for what superdough brings and is not used here: its rooms, and the generators of Kabelsalat, since sound
 * graphs that are written as code reach no processor.
 */
export {}
