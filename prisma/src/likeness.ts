/** How alike a word of a name has to be to count as mistyped, of 1. */
export const mistyped = 0.3

/** What PostgreSQL calls that. */
export const likenessSetting = "pg_trgm.word_similarity_threshold"
