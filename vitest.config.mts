import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/extension/**", "test/ui/**", "test/bench/**", "test/build/**", "**/node_modules/**"],
    setupFiles: ["test/setup.ts"],
    testTimeout: 180_000,
  },
});
