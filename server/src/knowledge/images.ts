/**
 * Tags, and words of tags between `-`, that publishers move from one build to another by design. `stable-slim` holds one; `bookworm` or `3` move
 * too, but name a release, which is another matter.
 * Sources: the tag tables of the Docker official images (https://github.com/docker-library/official-images/tree/master/library) and the
 * publishing notes of Debian, nginx, Redis, Grafana, Jenkins and Node.js.
 */
export const floatingTagWords: ReadonlySet<string> = new Set([
  "latest",
  "stable",
  "oldstable",
  "testing",
  "unstable",
  "sid",
  "rawhide",
  "tumbleweed",
  "edge",
  "nightly",
  "daily",
  "weekly",
  "snapshot",
  "main",
  "master",
  "trunk",
  "develop",
  "development",
  "dev",
  "devel",
  "head",
  "tip",
  "next",
  "beta",
  "alpha",
  "rc",
  "preview",
  "canary",
  "insiders",
  "unreleased",
  "lts",
  "current",
  "rolling",
  "mainline",
  "release",
  "newest",
  "recent",
  "prod",
  "production",
  "staging",
  "live",
]);

const architectures =
  /^docker\.io\/(?:amd64|arm32v5|arm32v6|arm32v7|arm64v8|i386|mips64le|ppc64le|riscv64|s390x|winamd64)\/([a-z0-9._-]+)$/;

/**
 * The name under which an image is known, for names that hold the same image: Docker official images by architecture (`docker.io/amd64/alpine`)
 * and in the copies that Amazon and Google keep. Any other name comes back as it is.
 * Sources: https://github.com/docker-library/official-images#architectures-other-than-amd64, https://gallery.ecr.aws/docker,
 * https://cloud.google.com/artifact-registry/docs/pull-cached-dockerhub-images
 */
export function originalName(canonical: string): string {
  const byArchitecture = architectures.exec(canonical)?.[1];
  if (byArchitecture !== undefined) return `docker.io/library/${byArchitecture}`;
  if (canonical.startsWith("public.ecr.aws/docker/library/")) {
    return `docker.io/library/${canonical.slice("public.ecr.aws/docker/library/".length)}`;
  }
  if (canonical.startsWith("mirror.gcr.io/")) {
    const path = canonical.slice("mirror.gcr.io/".length);
    return `docker.io/${path.includes("/") ? path : `library/${path}`}`;
  }
  if (canonical.startsWith("public.ecr.aws/ubuntu/")) {
    return canonical === "public.ecr.aws/ubuntu/ubuntu" ? "docker.io/library/ubuntu" : canonical;
  }
  return canonical;
}
