/** How a name can be used: called by itself, behind a pattern, or as a value. */
export interface Word {
  name: string
  asFunction: boolean
  asMethod: boolean
  /** Whether it is a pattern of its own, such as a signal. */
  asPattern: boolean
  /** The control that it sets, whose name is another for an alias; null for what is none. */
  control: string | null
}

export interface Vocabulary {
  words: Word[]
  /** Symbols of chords that voicings are known for, each with its first. */
  chords: Record<string, string>
  /** Dictionaries of voicings. */
  dictionaries: string[]
}
