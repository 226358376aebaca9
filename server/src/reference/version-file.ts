/** The text of `reference/version.ts`. */
export function versionFile(version: string): string {
  return `// Generated from package.json; test/project/generated.test.ts keeps it up to date.

/** The version of this package. */
export const version = ${JSON.stringify(version)};
`;
}
