/** Every limit of the contract, in one place, so that errors, documentation and pages can show it. */
export const limits = {
  /** Rows of a page. */
  page: { min: 1, max: 200, default: 50 },
  /** Bytes of messages, code and long texts after which a page ends early; of versions that are compared. */
  pageBytes: 8 * 1024 * 1024,
  historyBytes: 2 * 1024 * 1024,
  /** Messages of one append. */
  append: { min: 1, max: 500 },
  /** Bytes of UTF-8 of a message's content. */
  contentBytes: 1024 * 1024,
  /** Bytes of JSON of a message's context, and of its code changes. */
  messageExtraBytes: 1024 * 1024,
  /** Bytes of UTF-8 of a clip's code. */
  codeBytes: 256 * 1024,
  /** Bytes of UTF-8 of a song's or playlist's body and of a project's description. */
  bodyBytes: 256 * 1024,
  /** Bytes of JSON of a metadata object. */
  metadataBytes: 64 * 1024,
  /** Objects and arrays within one another in a JSON value. */
  jsonDepth: 32,
  /** Cycles that code is listened to for. */
  cycles: { min: 1, max: 64, default: 4 },
  /** What is kept of a clip that was listened to: names of sounds, addresses of samples, and the characters of each. */
  heard: { sounds: 64, samples: 32, name: 200 },
  /** Characters. */
  name: 200,
  agentName: 50,
  modelName: 100,
  provider: 50,
  filePath: 500,
  search: 200,
  /** Entries of the language that one answer tells. */
  reference: { min: 1, max: 2000, default: 20 },
  /** Clips of a song, songs of a playlist. */
  parts: 500,
  /** Memory files of a session. */
  memoryFiles: 1000,
  /** One file of a project folder, in bytes. */
  fileBytes: 2 * 1024 * 1024,
  /** Files of one import call, and of one page of an export. */
  importFiles: 200,
  exportFiles: 50,
  /** Bytes of a file's path within its project. */
  pathBytes: 1024,
  /** Links of a kept file that led nowhere when it was read. */
  brokenLinks: 10_000,
  /** Paths that a dry run is told of. */
  folderPaths: 5000,
  /** Calls of one tRPC batch. */
  batch: 20,
  /** Bytes of a request's body: usually, where messages are appended, and where files are imported or a backup is restored. */
  requestBytes: {
    usual: 1024 * 1024,
    append: 16 * 1024 * 1024,
    importFiles: 16 * 1024 * 1024,
    restore: 16 * 1024 * 1024,
  },
  /** Records that one call of a backup reads or restores. */
  backup: 500,
  /** Objects and arrays within one another in a request's body: those of a JSON value, and those around it. */
  requestDepth: 32 + 8,
  /** Values and keys of a request's body. */
  requestValues: 100_000,
  /** Streams of live events that one server holds open: in all, and to one network address. */
  streams: { total: 500, perAddress: 100 },
  /** Sessions that one stream follows. */
  streamSessions: 20,
  /** Messages of one live event, and the bytes of them after which it ends early; characters of what a run wrote. */
  streamPage: { messages: 50, bytes: 1024 * 1024, runCharacters: 128 * 1024 },
  /** Sessions or clips that one call changes or deletes. */
  bulk: 200,
  /**
   * Of a song that is listened to: seconds of each section, and milliseconds that it waits for its turn and that all of it
   * may take. Programs that ask give up after a minute.
   */
  songAudio: { seconds: 12, waiting: 10_000, milliseconds: 45_000 },
  /** Clips that sound like one. */
  similar: { min: 1, max: 24, default: 8 },
  /** Characters of a tag, and tags that one call adds or removes. */
  tag: 100,
  tags: 50,
  /** Characters of a saved view's name and of its search, and saved views of a page. */
  viewName: 80,
  viewSearch: 2000,
  views: 100,
  /**
   * Of a run: events of one call, bytes of the text of an event, and of all that it writes; characters of a model's name;
   * seconds for which a worker is taken to be at it after it said so, and processes that one run is given to.
   */
  run: {
    events: 200,
    textBytes: 64 * 1024,
    bytes: 1024 * 1024,
    mostEvents: 10_000,
    model: 200,
    leaseSeconds: 10,
    attempts: 3,
    needed: 200,
  },
  /** Minutes without activity after which an active session becomes idle. */
  idleMinutes: 15,
} as const
