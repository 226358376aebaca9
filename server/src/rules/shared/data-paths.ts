/** Names of variables that tell a server where to keep its data. */
export const dataVariable = /^PGDATA$|DATA_?(?:DIR|PATH)|STORAGE_PATH/i;

/** Arguments that do. */
export const dataArgument = /data[-_.]?dir|data_directory|dbpath|path\.data|--dir\b/i;

/**
 * Whether something mounted at one place holds the data of a directory, both without a slash at the end: one is the other or a folder above it. A part of the data
 * directory that has its own mount counts too: somebody knew what they did.
 */
export function overlaps(target: string, directory: string): boolean {
  return (
    target === directory || directory.startsWith(`${target}/`) || target.startsWith(`${directory}/`) || target === "/"
  );
}
