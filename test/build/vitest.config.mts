import { defineConfig } from "vitest/config";

/** The suite that builds images: `npm run test:build`. Its tests share a registry and a store, and each takes seconds. */
export default defineConfig({
  test: { root: import.meta.dirname, include: ["*.test.ts"], testTimeout: 300_000, hookTimeout: 300_000 },
});
