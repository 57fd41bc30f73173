/** The server that tests make their databases on. */
export interface TestPostgres {
  /** The URL of a role that may create databases. */
  adminUrl: string
  /** The migrated, empty database that each test file gets a copy of. */
  template: string
}

declare module "vitest" {
  interface ProvidedContext {
    testPostgres: TestPostgres
  }
}
