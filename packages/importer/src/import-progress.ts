/** Where an import tells how far it is. */
export interface ImportProgress {
  show(done: number, total: number, words: string): void
}
