/** What every browser of the tests is started with. */
export const browserArgs = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  ...["--disable-component-update", "--disable-sync"],
]

/** For `test.use` in files that prove something of the whole browser: the one without windows opens a page at half the price. */
export const wholeBrowser = { launchOptions: { executablePath: process.env.E2E_BROWSER, args: browserArgs } }
