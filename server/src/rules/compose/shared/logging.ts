/** What bounds a log: three files of ten megabytes. */
export const boundedOptions = { "max-size": "10m", "max-file": "3" };

/** Without `driver` the options would be handed to whichever driver the engine is set to, which may not know them. */
export const boundedLogging = { driver: "json-file", options: boundedOptions };
