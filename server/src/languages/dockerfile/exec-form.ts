/** The exec form of a command: `["node", "server.js"]`. */
export function toExecForm(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word)).join(", ")}]`;
}
