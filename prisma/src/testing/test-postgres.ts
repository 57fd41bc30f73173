/** The server that tests make their databases on. */
export interface TestPostgres {
  /** The URL of a role that may create databases; behind a coordinator of Citus those of its workers follow. */
  nodes: string[]
  /** The migrated, empty database that each test file gets a copy of. */
  template: string
  /** The host and port of a pooler through which tests reach their databases. */
  pooler: string | undefined
}

declare module "vitest" {
  interface ProvidedContext {
    testPostgres: TestPostgres
  }
}
