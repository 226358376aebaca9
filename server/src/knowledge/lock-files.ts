/**
 * Files in which package managers write down the exact versions of what a project depends on, by the program that reads them.
 * Source: each one's own documentation.
 */
export const lockFiles: Readonly<Record<string, readonly string[]>> = {
  npm: ["package-lock.json", "npm-shrinkwrap.json"],
  yarn: ["yarn.lock"],
  pnpm: ["pnpm-lock.yaml"],
  bun: ["bun.lock", "bun.lockb"],
  deno: ["deno.lock"],
  pip: ["requirements.txt"],
  poetry: ["poetry.lock"],
  uv: ["uv.lock"],
  pipenv: ["Pipfile.lock"],
  pdm: ["pdm.lock"],
  bundle: ["Gemfile.lock"],
  composer: ["composer.lock"],
  cargo: ["Cargo.lock"],
  go: ["go.sum"],
  mix: ["mix.lock"],
};

/** The names of all of them. */
export const lockFileNames: readonly string[] = Object.values(lockFiles).flat();

/** The program whose lock file has this name. */
export function lockedBy(name: string): string | undefined {
  return Object.keys(lockFiles).find((program) => lockFiles[program]?.includes(name));
}
