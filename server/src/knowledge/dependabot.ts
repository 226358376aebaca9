/** What `package-ecosystem` calls the files that we know. Manifests belong to `docker`. */
export type DependabotEcosystem = "docker" | "docker-compose";

/** Where GitHub looks for it: https://docs.github.com/en/code-security/dependabot/working-with-dependabot/dependabot-options-reference. */
export const dependabotFiles: readonly string[] = [".github/dependabot.yml", ".github/dependabot.yaml"];

/**
 * The names of files that Dependabot looks at in the folders it is told, by kind; it goes into no folder below them. As its fetchers of files have it:
 * https://github.com/dependabot/dependabot-core/tree/main/docker/lib/dependabot.
 */
export const dependabotNames: Readonly<Record<"dockerfile" | "compose" | "kubernetes", RegExp>> = {
  dockerfile: /dockerfile|containerfile/i,
  compose: /(?:docker-)?compose(?:-\w+)?(?:\.[\w-]+)?\.ya?ml/i,
  kubernetes: /^[^.].*\.ya?ml$/i,
};
