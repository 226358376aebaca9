/**
 * Tells Compose files and Kubernetes manifests from other YAML and JSON without parsing. Imports nothing: the editor's client carries this
 * file alone, to decide whether anything else need be loaded.
 */

/** Whether a YAML or JSON text may be ours. `head` may be the first lines only. */
export function looksLikeOurs(path: string, head: string): boolean {
  return sniff(path, head) !== undefined;
}

/** What the text of a YAML or JSON file is by its name and the keys at its top. */
export function sniff(path: string, text: string): "compose" | "kubernetes" | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const named = /^(?:[^/]*docker-?compose|compose|[^/]*stack)(?:[._-][^/]*)?\.ya?ml$/i.test(name);
  if (isKustomizationName(name)) return "kubernetes";
  if (named && hasKey(text, "services")) return "compose";
  if (isManifest(path, text)) return "kubernetes";
  if (hasServices(text)) return "compose";
  if (!named || /stack/i.test(name)) return undefined;
  return ["include", "volumes", "networks", "secrets", "configs"].some((key) => hasKey(text, key))
    ? "compose"
    : undefined;
}

/** The names under which Kustomize looks for its file; what stands in it needs not tell. Source: `RecognizedKustomizationFileNames` of kustomize. */
export function isKustomizationName(name: string): boolean {
  return name === "kustomization.yaml" || name === "kustomization.yml" || name === "Kustomization";
}

function hasKey(text: string, key: string): boolean {
  return new RegExp(`^\\uFEFF?["']?${key}["']?[ \\t]*:(?=\\s|$)`, "m").test(text);
}

/** `apiVersion` and `kind`, both strings, at the top of one and the same document. */
function isManifest(path: string, text: string): boolean {
  if (!text.includes("apiVersion") || !text.includes("kind")) return false;
  // Helm puts whole manifests behind conditions, sometimes indented.
  const indent = /(?:^|\/)templates\//.test(path) && text.includes("{{") ? "[ \\t]*" : "";
  const marker = /^---(?=\s|$)/gm;
  // The first document of a long stream tells mostly enough.
  for (let start = 0; ; start = marker.lastIndex) {
    const end = marker.exec(text)?.index;
    if (isObject(text.slice(start, end), indent)) return true;
    if (end === undefined) return false;
  }
}

function isObject(document: string, indent: string): boolean {
  const flow = /^\s*\{\s*["'a-zA-Z}]/.test(document);
  return ["apiVersion", "kind"].every((key) =>
    new RegExp(`${flow ? "" : `^\\uFEFF?${indent}`}["']?${key}["']?[ \\t]*:[ \\t]*["']?(?:[A-Za-z]|\\{\\{)`, "m").test(
      document,
    ),
  );
}

/** A top-level map of services of which one says `image` or `build`. */
function hasServices(text: string): boolean {
  const start = /^\uFEFF?services[ \t]*:[ \t]*(?:#.*|&\S+[ \t]*)?\r?\n/m.exec(text);
  if (start === null) return false;
  const [block = ""] = text.slice(start.index + start[0].length).split(/^[^\s#]/m, 1);
  const outer = /^([ \t]+)[^\s#]/m.exec(block)?.[1];
  if (outer === undefined) return false;
  const inner = new RegExp(`^${outer}([ \\t]+)["']?[\\w.<-]+["']?[ \\t]*:`, "m").exec(block)?.[1];
  return inner !== undefined && new RegExp(`^${outer}${inner}(?:image|build)[ \\t]*:`, "m").test(block);
}
