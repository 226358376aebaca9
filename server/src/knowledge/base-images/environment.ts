import type { BaseImageFacts } from "./model.ts";

/**
 * The variables that images set besides PATH, by family. A family that is not here may set any. Sources: the images' Dockerfiles, linked from
 * https://github.com/docker-library/official-images/tree/master/library
 */
const environments: ReadonlyMap<string, readonly string[]> = new Map([
  ["scratch", []],
  ["alpine", []],
  ["almalinux", []],
  ["amazonlinux", []],
  ["buildpack-deps", []],
  ["busybox", []],
  ["debian", []],
  ["oraclelinux", []],
  ["rockylinux", []],
  ["ubuntu", []],
  ["eclipse-temurin", ["JAVA_HOME", "JAVA_VERSION", "LANG", "LANGUAGE", "LC_ALL"]],
  ["golang", ["GOLANG_VERSION", "GOPATH", "GOTOOLCHAIN"]],
  ["nginx", ["NGINX_VERSION", "NJS_VERSION", "NJS_RELEASE", "PKG_RELEASE", "DYNPKG_RELEASE", "ACME_VERSION"]],
  ["node", ["NODE_VERSION", "YARN_VERSION"]],
  [
    "python",
    [
      "GPG_KEY",
      "LANG",
      "PYTHON_GET_PIP_SHA256",
      "PYTHON_GET_PIP_URL",
      "PYTHON_PIP_VERSION",
      "PYTHON_SETUPTOOLS_VERSION",
      "PYTHON_SHA256",
      "PYTHON_VERSION",
    ],
  ],
  ["rust", ["CARGO_HOME", "RUSTUP_HOME", "RUST_VERSION"]],
]);

/** The names of all variables that an image sets; `undefined` where they are not known. */
export function environmentOf(facts: BaseImageFacts | undefined): readonly string[] | undefined {
  if (facts === undefined || facts.os === "windows") return undefined;
  const names = environments.get(facts.family);
  return names === undefined ? undefined : ["PATH", ...names];
}
