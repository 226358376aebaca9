// How a package is written with a version, by the language's own grammar: each function gives `undefined` for a word that has one, and for a file.

/** Names of branches, and of what a registry calls its newest. */
const moving = /^(?:latest|next|canary|nightly|beta|alpha|edge|current|head|main|master|develop|trunk|stable|lts)$/i;

/** https://packaging.python.org/en/latest/specifications/dependency-specifiers/ */
export function pythonPackage(requirement: string): string | undefined {
  const at = requirement.indexOf("@");
  const address = /^[\w.-]+(?:\[[^\]]*\])?\s*@\s*[a-z+]+:/i.test(requirement)
    ? requirement.slice(at + 1).trim()
    : requirement;
  const repository = /^(?:git|hg|svn|bzr)(?:\+[a-z-]+)?:\/\/([^#]*)/.exec(address);
  if (repository !== null) {
    const path = repository[1] ?? "";
    const revision = /@([^@/][^@]*)$/.exec(path.slice(path.indexOf("/") + 1))?.[1];
    if (revision !== undefined && !moving.test(revision)) return undefined;
    return `${revision === undefined ? address.split("#", 1)[0] : address.slice(0, address.lastIndexOf(`@${revision}`))}@<commit>`;
  }
  if (/\/archive\/(?:refs\/heads\/)?(?:main|master|develop)\.(?:zip|tar\.gz)$/.test(address)) {
    return address.replace(/(?:refs\/heads\/)?(?:main|master|develop)(?=\.)/, "<commit>");
  }
  if (/^\.|[/\\]|\.(?:whl|zip|tgz|tar\.gz|tar\.bz2|tar\.xz)$/.test(address)) return undefined;
  // uv's tools take `ruff@0.5`.
  const tag = /^([\w.-]+(?:\[[^\]]*\])?)@(.*)$/.exec(requirement);
  if (tag !== null) return moving.test(tag[2] ?? "") ? `${tag[1] ?? ""}==<version>` : undefined;
  const name = requirement.split(";", 1)[0]?.trim() ?? "";
  return /[=<>~!]/.test(name) ? undefined : `${name}==<version>`;
}

/** https://docs.npmjs.com/cli/commands/npm-install */
export function nodePackage(spec: string): string | undefined {
  if (/^(?:\.{0,2}\/|\.{1,2}$|~\/|file:|link:|portal:|workspace:)|\.(?:tgz|tar|tar\.gz)$/.test(spec)) return undefined;
  const name = /^(@[^/@]+\/[^@]+|[^@]+)(?:@(.*))?$/.exec(spec);
  const place = /^(?:git(?:[+:]|@[\w.-]+:)|(?:github|gitlab|bitbucket|gist):|[\w.-]+\/[\w.-]+(?:#|$))/.test(spec)
    ? spec
    : /^(?:git(?:[+:]|@[\w.-]+:)|(?:github|gitlab|bitbucket|gist):)/.test(name?.[2] ?? "")
      ? (name?.[2] ?? "")
      : undefined;
  if (place !== undefined) {
    const [repository = "", revision = ""] = place.split("#");
    return revision === "" || moving.test(revision) ? `${repository}#<commit>` : undefined;
  }
  if (name === null || /^https?:/.test(spec)) return undefined;
  const [, base = "", version = ""] = name;
  return version === "" || version === "*" || version === "x" || moving.test(version) ? `${base}@<version>` : undefined;
}

/** https://guides.rubygems.org/command-reference/#gem-install */
export function gem(name: string): string | undefined {
  return /[:/]|\.gem$/.test(name) ? undefined : `${name}:<version>`;
}

/** https://go.dev/ref/mod#version-queries */
export function goModule(path: string): string | undefined {
  if (/^[./]|\.go$|^(?:all|std|cmd|tool)$|\/?\.\.\.$/.test(path) && !path.includes("@")) return undefined;
  const at = path.indexOf("@");
  if (at < 0) return `${path}@<version>`;
  const query = path.slice(at + 1);
  return query === "upgrade" || query === "patch" || moving.test(query) ? `${path.slice(0, at)}@<version>` : undefined;
}

/** https://doc.rust-lang.org/cargo/commands/cargo-install.html */
export function crate(name: string): string | undefined {
  return /[@/]/.test(name) ? undefined : `${name}@<version>`;
}

/** https://learn.microsoft.com/dotnet/core/tools/dotnet-tool-install */
export function nugetPackage(name: string): string | undefined {
  return name.includes("@") ? undefined : `${name} --version <version>`;
}

/** https://getcomposer.org/doc/03-cli.md#require-r */
export function phpPackage(name: string): string | undefined {
  return /[:=@ ]/.test(name) ? undefined : `${name}:<version>`;
}

/** https://www.php.net/manual/en/install.pecl.pear.php */
export function peclPackage(name: string): string | undefined {
  if (/\/|\.tgz$|-\d/.test(name)) return undefined;
  return `${name.replace(/-(?:stable|beta|alpha|devel|snapshot)$/, "")}-<version>`;
}
