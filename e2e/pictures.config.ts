import { defineConfig } from "@playwright/test"
import config from "./playwright.config.ts"

/** Takes the pictures of docs/pictures: `npx playwright test --config pictures.config.ts` in this folder. */
export default defineConfig({ ...config, projects: undefined, testMatch: "*.pictures.ts", timeout: 300_000 })
