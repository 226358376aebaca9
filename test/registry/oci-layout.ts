import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { runBeside } from "./programs.ts";

/** An image of one platform: what its config says, as `docker inspect` has it, and a line that tells it from others. */
export interface SmallImage {
  /** `linux/arm/v7` */
  readonly platform: string;
  readonly created?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly marker?: string;
}

/** What was put into a registry: digests of the whole, and of each image in the order given. */
export interface Pushed {
  readonly digest: string;
  readonly manifests: readonly string[];
  /** Bytes of what the first image's manifest names. */
  readonly size: number;
}

/** Where images are pushed to, and how. */
export interface Destination {
  /** `127.0.0.1:5000/acme/web:1` */
  readonly reference: string;
  /** `user:password` */
  readonly credentials?: string;
  /** A folder with the certificate of the registry's own authority. */
  readonly certificates?: string;
  /** Manifests and lists of Docker in place of OCI's. */
  readonly docker?: boolean;
}

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

const oci = "application/vnd.oci.image";

/**
 * Writes images as an OCI layout into `folder` and has skopeo push it. Several images make an index, `attested` with the attestation of the first beside them as BuildKit adds it;
 * a single one without attestation is pushed as it is. The same images have the same digests every time.
 */
export async function pushImages(
  folder: string,
  images: readonly SmallImage[],
  to: Destination,
  attested = false,
): Promise<Pushed> {
  const blobs = join(folder, "blobs/sha256");
  mkdirSync(blobs, { recursive: true });
  const put = (mediaType: string, bytes: Buffer): Descriptor => {
    const hash = sha256(bytes);
    writeFileSync(join(blobs, hash), bytes);
    return { mediaType, digest: `sha256:${hash}`, size: bytes.length };
  };
  const putJson = (mediaType: string, value: unknown) => put(mediaType, Buffer.from(JSON.stringify(value)));
  const manifestOf = (config: Descriptor, layers: readonly Descriptor[]): Descriptor =>
    putJson(`${oci}.manifest.v1+json`, {
      schemaVersion: 2,
      mediaType: `${oci}.manifest.v1+json`,
      config,
      layers,
    });

  let size = 0;
  const manifests = images.map(({ platform, created, config, marker }) => {
    const [os = "", architecture = "", variant] = platform.split("/");
    const at = { architecture, os, ...(variant === undefined ? {} : { variant }) };
    const layer = tarOf("etc/marker", `${marker ?? ""} ${platform}\n`);
    const packed = put(`${oci}.layer.v1.tar+gzip`, gzipSync(layer));
    const about = putJson(`${oci}.config.v1+json`, {
      ...at,
      ...(created === undefined ? {} : { created }),
      config: config ?? {},
      rootfs: { type: "layers", diff_ids: [`sha256:${sha256(layer)}`] },
    });
    size ||= packed.size + about.size;
    return { ...manifestOf(about, [packed]), platform: at };
  });
  const [first] = manifests;
  if (first === undefined) throw new Error("no image to push");
  const attestations = attested ? [attestationOf(first)] : [];
  const whole =
    manifests.length === 1 && !attested
      ? first
      : putJson(`${oci}.index.v1+json`, {
          schemaVersion: 2,
          mediaType: `${oci}.index.v1+json`,
          manifests: [...manifests, ...attestations],
        });
  writeFileSync(join(folder, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
  const named = { ...whole, annotations: { "org.opencontainers.image.ref.name": "pushed" } };
  writeFileSync(join(folder, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [named] }));
  await copy(folder, to);
  return { digest: whole.digest, manifests: manifests.map(({ digest }) => digest), size };

  function attestationOf(of: Descriptor): Descriptor & Readonly<Record<string, unknown>> {
    const statement = putJson("application/vnd.in-toto+json", { _type: "https://in-toto.io/Statement/v0.1" });
    const about = putJson(`${oci}.config.v1+json`, {
      architecture: "unknown",
      os: "unknown",
      config: {},
      rootfs: { type: "layers", diff_ids: [statement.digest] },
    });
    return {
      ...manifestOf(about, [statement]),
      annotations: {
        "vnd.docker.reference.digest": of.digest,
        "vnd.docker.reference.type": "attestation-manifest",
      },
      platform: { architecture: "unknown", os: "unknown" },
    };
  }
}

async function copy(folder: string, { reference, credentials, certificates, docker }: Destination): Promise<void> {
  const options = [
    ...(credentials === undefined ? ["--dest-no-creds"] : ["--dest-creds", credentials]),
    ...(certificates === undefined ? ["--dest-tls-verify=false"] : ["--dest-cert-dir", certificates]),
    ...(docker === true ? ["--format", "v2s2"] : []),
  ];
  await runBeside("skopeo", [
    "--insecure-policy",
    "copy",
    "-q",
    "--all",
    ...options,
    `oci:${folder}:pushed`,
    `docker://${reference}`,
  ]);
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** A tar of one file, of no time: https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_06 */
function tarOf(name: string, text: string): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.alloc(512);
  const octal = (value: number, at: number, digits: number) => head.write(value.toString(8).padStart(digits, "0"), at);
  head.write(name, 0);
  octal(0o644, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(body.length, 124, 11);
  octal(0, 136, 11);
  head.write(" ".repeat(8), 148);
  head.write("0", 156);
  head.write("ustar\x0000", 257);
  octal(
    head.reduce((sum, byte) => sum + byte, 0),
    148,
    6,
  );
  head.write("\0 ", 154);
  return Buffer.concat([head, body, Buffer.alloc((512 - (body.length % 512)) % 512), Buffer.alloc(1024)]);
}
