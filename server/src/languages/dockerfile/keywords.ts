import type { Keyword } from "./model.ts";

/** Every instruction of the Dockerfile reference. */
export const keywords: readonly Keyword[] = [
  "ADD",
  "ARG",
  "CMD",
  "COPY",
  "ENTRYPOINT",
  "ENV",
  "EXPOSE",
  "FROM",
  "HEALTHCHECK",
  "LABEL",
  "MAINTAINER",
  "ONBUILD",
  "RUN",
  "SHELL",
  "STOPSIGNAL",
  "USER",
  "VOLUME",
  "WORKDIR",
];

const byName: ReadonlyMap<string, Keyword> = new Map(keywords.map((keyword) => [keyword, keyword]));

/** The instruction a word begins; upper and lower case mean the same. */
export function keywordNamed(word: string): Keyword | "unknown" {
  return byName.get(word.length > 11 ? "" : word.toUpperCase()) ?? "unknown";
}
