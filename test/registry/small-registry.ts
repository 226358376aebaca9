import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";

/** A well-behaved registry on loopback, over plain HTTP. It keeps images in memory and remembers what it was asked. */
export interface SmallRegistry {
  /** `127.0.0.1:34567`, as references have it. */
  readonly host: string;
  /** What was asked so far, in order: `HEAD /v2/app/manifests/1.0`. Answers of 401 count, too. */
  readonly requests: readonly string[];
  /** So many requests were in work at the same time, at most. */
  readonly mostAtOnce: number;
  /** Makes a tag stand for that image; gives the digest of what it then stands for. */
  put(repository: string, tag: string, image?: SmallImage): string;
  /** Takes a tag away. */
  remove(repository: string, tag: string): void;
  /** Answers wait from now on until `release`. */
  hold(): void;
  release(): void;
  /** Forgets `requests` and `mostAtOnce`. */
  forget(): void;
}

/** What an image is made of. Equal images have equal digests. */
export interface SmallImage {
  /** `linux/amd64`; one alone makes a manifest rather than an index. Default: `linux/amd64` and `linux/arm64`. */
  readonly platforms?: readonly string[];
  /** The `config` of its config file: `{ User: "app", ExposedPorts: { "8080/tcp": {} } }`. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** RFC 3339. */
  readonly created?: string;
  /** Makes it differ from others. */
  readonly marker?: string;
}

/** Starts a registry that ends with the test. Where there is a `password`, it asks for it by Basic. */
export async function smallRegistry(
  options: { readonly username?: string; readonly password?: string } = {},
): Promise<SmallRegistry> {
  const blobs = new Map<string, Blob>();
  const tags = new Map<string, Map<string, string>>();
  const requests: string[] = [];
  const waiting: (() => void)[] = [];
  let held = false;
  let now = 0;
  let mostAtOnce = 0;

  const keep = (type: string, bytes: Buffer): { mediaType: string; digest: string; size: number } => {
    const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
    blobs.set(digest, { type, bytes });
    return { mediaType: type, digest, size: bytes.length };
  };
  const keepJson = (type: string, value: unknown) => keep(type, Buffer.from(JSON.stringify(value)));

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { method = "GET", headers } = request;
    if (options.password !== undefined) {
      const wanted = Buffer.from(`${options.username ?? ""}:${options.password}`).toString("base64");
      if (headers.authorization !== `Basic ${wanted}`) {
        response.setHeader("WWW-Authenticate", 'Basic realm="small"');
        refuse(response, 401, "UNAUTHORIZED");
        return;
      }
    }
    const url = new URL(request.url ?? "/", "http://registry");
    const [, repository = "", part = "", name = ""] =
      /^\/v2\/(.+)\/(manifests|blobs|tags)\/([^/]+)$/.exec(url.pathname) ?? [];
    const known = tags.get(repository);
    if (known === undefined) refuse(response, 404, "NAME_UNKNOWN");
    else if (part === "tags") listTags(response, url, repository, [...known.keys()]);
    else {
      const digest = known.get(name) ?? name;
      const blob = blobs.get(digest);
      const accepted = part === "blobs" || (headers.accept ?? "").includes(blob?.type ?? " ");
      if (blob === undefined || !accepted) refuse(response, 404, "MANIFEST_UNKNOWN");
      else {
        response.setHeader("Content-Type", blob.type);
        response.setHeader("Content-Length", blob.bytes.length);
        response.setHeader("Docker-Content-Digest", digest);
        response.end(method === "HEAD" ? undefined : blob.bytes);
      }
    }
  };

  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ""} ${request.url ?? ""}`);
    now += 1;
    mostAtOnce = Math.max(mostAtOnce, now);
    response.on("close", () => {
      now -= 1;
    });
    if (held) waiting.push(() => answer(request, response));
    else answer(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the registry has no port");

  const manifestOf = (image: SmallImage, platform: string) => {
    const [os = "linux", architecture = "amd64", variant] = platform.split("/");
    const layer = keep(types.layer, Buffer.from(`layer of ${platform} ${image.marker ?? ""}`));
    const config = keepJson(types.config, {
      os,
      architecture,
      ...(variant === undefined ? {} : { variant }),
      created: image.created ?? "2024-11-05T10:00:00Z",
      config: image.config ?? {},
      rootfs: { type: "layers", diff_ids: [layer.digest] },
    });
    const manifest = keepJson(types.manifest, {
      schemaVersion: 2,
      mediaType: types.manifest,
      config,
      layers: [layer],
    });
    return { ...manifest, platform: { os, architecture, ...(variant === undefined ? {} : { variant }) } };
  };

  return {
    host: `127.0.0.1:${address.port}`,
    requests,
    get mostAtOnce() {
      return mostAtOnce;
    },
    put(repository, tag, image = {}) {
      const platforms = image.platforms ?? ["linux/amd64", "linux/arm64"];
      const manifests = platforms.map((platform) => manifestOf(image, platform));
      const [only] = manifests;
      const { digest } =
        manifests.length === 1 && only !== undefined
          ? only
          : keepJson(types.index, { schemaVersion: 2, mediaType: types.index, manifests });
      const known = tags.get(repository) ?? new Map<string, string>();
      tags.set(repository, known.set(tag, digest));
      return digest;
    },
    remove(repository, tag) {
      tags.get(repository)?.delete(tag);
    },
    hold() {
      held = true;
    },
    release() {
      held = false;
      for (const go of waiting.splice(0)) go();
    },
    forget() {
      requests.length = 0;
      mostAtOnce = now;
    },
  };
}

interface Blob {
  readonly type: string;
  readonly bytes: Buffer;
}

const types = {
  index: "application/vnd.oci.image.index.v1+json",
  manifest: "application/vnd.oci.image.manifest.v1+json",
  config: "application/vnd.oci.image.config.v1+json",
  layer: "application/vnd.oci.image.layer.v1.tar+gzip",
} as const;

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify({ errors: [{ code, message: code.toLowerCase().replace("_", " ") }] }));
}

/** In lexical order, as the distribution specification wants it, page by page where the question says `n`. */
function listTags(response: ServerResponse, url: URL, repository: string, names: readonly string[]): void {
  const last = url.searchParams.get("last");
  const most = Number(url.searchParams.get("n") ?? names.length);
  const sorted = [...names].sort().filter((name) => last === null || name > last);
  const page = sorted.slice(0, most);
  if (page.length < sorted.length) {
    response.setHeader("Link", `</v2/${repository}/tags/list?n=${most}&last=${page.at(-1) ?? ""}>; rel="next"`);
  }
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ name: repository, tags: page }));
}
