// Generated from package.json; test/project/generated.test.ts keeps it up to date.

/** The version of this package. */
export const version = "0.1.0";
