import { createHash } from "node:crypto";
import { parseImageReference } from "../../server/src/languages/image/index.ts";
import type { ImageReference } from "../../server/src/languages/image/reference.ts";
import { nodeFetch } from "../../server/src/hosts/network.ts";
import type { Answer, Failure, RegistryClient, RegistryOptions } from "../../server/src/registry/answers.ts";
import { createRegistryClient } from "../../server/src/registry/client.ts";

/** A reference that is one. */
export function image(text: string): ImageReference {
  const reference = parseImageReference(text);
  if (reference === undefined) throw new Error(`no reference: ${text}`);
  return reference;
}

/** A client over Node's network, without credentials, that soon asks again, and waits for nobody for long. */
export function impatientClient(options: Partial<RegistryOptions> = {}): RegistryClient {
  return createRegistryClient({
    fetch: nodeFetch(),
    credentials: async () => undefined,
    allowsHttp: () => false,
    now: () => performance.now(),
    patience: { head: 20_000, whole: 20_000, pause: 10 },
    ...options,
  });
}

export function failureIn(answer: Answer<unknown>): Failure {
  if (answer.type === "answered") throw new Error(`an answer, not a failure: ${JSON.stringify(answer.value)}`);
  return answer;
}

export function valueIn<T>(answer: Answer<T>): T {
  if (answer.type === "failed") throw new Error(`a failure, not an answer: ${answer.reason}`);
  return answer.value;
}

export function sha256(body: string | Uint8Array): string {
  return `sha256:${createHash("sha256").update(body).digest("hex")}`;
}

export const types = {
  index: "application/vnd.oci.image.index.v1+json",
  list: "application/vnd.docker.distribution.manifest.list.v2+json",
  manifest: "application/vnd.oci.image.manifest.v1+json",
  docker: "application/vnd.docker.distribution.manifest.v2+json",
  config: "application/vnd.oci.image.config.v1+json",
  dockerConfig: "application/vnd.docker.container.image.v1+json",
} as const;

/** The head of an answer about a manifest. */
export function manifestHead(digest: string, type: string = types.index): Readonly<Record<string, string>> {
  return { "content-type": type, "docker-content-digest": digest };
}
