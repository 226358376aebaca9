import { nameOf } from "../text/path.ts";
import type { Kind, SourceFile } from "./index.ts";
import { isKustomizationName, sniff } from "./sniff.ts";

/** What a person may say of files whose text does not tell. */
export interface DetectOptions {
  /** Whether a YAML or JSON file of this path is a Kubernetes manifest whatever its text says; `undefined` leaves it to the text. */
  readonly kubernetesDetect?: (path: string) => boolean | undefined;
}

/**
 * The kind of a file by its language id, its name and, for YAML and JSON, the keys at its top; `undefined` where it is not ours.
 * Costs a few regular expressions, no parse.
 */
export function kindOf(file: SourceFile, options: DetectOptions = {}): Kind | undefined {
  const { path, text, languageId } = file;
  if (isIgnoreName(nameOf(path))) return "ignore";
  if (languageId === "dockerfile") return "dockerfile";
  if (languageId === "dockercompose") return "compose";
  if (isDockerfileName(nameOf(path), text)) return "dockerfile";
  if (isKustomizationName(nameOf(path))) return "kubernetes";
  if (!isYaml(path, languageId)) return undefined;
  const wanted = options.kubernetesDetect?.(path);
  if (wanted === true) return "kubernetes";
  const kind = sniff(path, text);
  return kind === "kubernetes" && wanted === false ? undefined : kind;
}

/** `.dockerignore`, `api.Dockerfile.dockerignore`, and the name that Podman and Buildah prefer. */
function isIgnoreName(name: string): boolean {
  return /\.dockerignore$|^\.containerignore$/i.test(name);
}

/** `Dockerfile`, `Containerfile`, with a suffix or as one; not the documents, ignore files and templates that are named after them. */
function isDockerfileName(name: string, text: string): boolean {
  if (/^.+\.(?:docker|container)file$/i.test(name)) return true;
  if (!/^(?:docker|container)file(?:[._-].*)?$/i.test(name)) return false;
  if (other.test(name)) return false;
  // `Dockerfile.go` builds something in Go, `dockerfile.go` is something in Go.
  return !code.test(name) || /^(?:[ \t]*(?:#.*)?\r?\n)*(?:FROM|ARG)[ \t]+\S/.test(text);
}

const other =
  /\.(?:(?:docker|container|git)ignore|md|mdx|markdown|txt|rst|adoc|html?|pdf|log|lock|bak|orig|rej|swp|patch|diff|snap|png|svg|j2|jinja2?|tmpl|tpl|template|gotmpl|erb|ejs|hbs|mustache|in|m4)$/i;

const code = /\.(?:go|py|rb|rs|[cm]?[jt]sx?|java|kt|cs|php|swift|sh|bash|ps1|bat|json|ya?ml|toml|xml|vim|lua|el|css)$/i;

function isYaml(path: string, languageId: string | undefined): boolean {
  if (/\.(?:ya?ml|json)$/i.test(path)) return true;
  return languageId !== undefined && /^(?:yaml|json|helm|helm-template|kubernetes)$/.test(languageId);
}
