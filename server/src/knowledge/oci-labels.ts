/** Where the keys of OCI's image labels begin. Source: https://github.com/opencontainers/image-spec/blob/main/annotations.md */
export const ociPrefix = "org.opencontainers.image.";

/** The labels whose value the specification binds to a form; `created` is a time, `licenses` an SPDX expression, the others are URLs. */
export const ociFormats: ReadonlyMap<string, "rfc3339" | "spdx" | "url"> = new Map([
  [`${ociPrefix}created`, "rfc3339"],
  [`${ociPrefix}licenses`, "spdx"],
  [`${ociPrefix}url`, "url"],
  [`${ociPrefix}source`, "url"],
  [`${ociPrefix}documentation`, "url"],
]);
