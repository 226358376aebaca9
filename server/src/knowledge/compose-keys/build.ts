import { fileMounts, ulimits } from "./mounted.ts";
import { type ComposeKeys, bytes, either, flag, key, list, map, pairs, set, text, textOrTexts } from "./shape.ts";

/** `host: address` or a list of `host=address`. */
export const hosts = either(map(either(text, list(text)), "a host"), set(text));

/** The long form of `build`. Source: https://docs.docker.com/reference/compose-file/build/ */
export const buildKeys: ComposeKeys = {
  context: key(text, "The folder, or the URL of a Git repository, that the image is built from. `.` if left out."),
  dockerfile: key(text, "The Dockerfile's path, seen from the context. `Dockerfile` if left out."),
  dockerfile_inline: key(text, "The Dockerfile itself, written into this file. Takes the place of `dockerfile`.", {
    since: "2.17.0",
  }),
  args: key(
    pairs,
    "Values for the Dockerfile's `ARG` instructions. They show in the image's history, so they are no place for secrets.",
  ),
  target: key(text, "The stage of the Dockerfile to build. The last one if left out."),
  labels: key(pairs, "Labels that the image gets."),
  cache_from: key(list(text), "Where the builder may take cached layers from: images, or `type=…,…` sources."),
  cache_to: key(
    list(text),
    "Where the builder leaves its cache for others: `type=registry,ref=…`, `type=gha` and the like.",
  ),
  no_cache: key(flag, "Builds every step anew."),
  no_cache_filter: key(textOrTexts, "Stages that are built anew whatever is in the cache."),
  pull: key(flag, "Asks the registry for newer base images on each build."),
  network: key(text, "The network that `RUN` steps use: `none`, `host`, or a name."),
  shm_size: key(bytes, "The size of `/dev/shm` while building."),
  extra_hosts: key(hosts, "Names and addresses added to `/etc/hosts` while building."),
  isolation: key(text, "How build containers are isolated. Only Windows has a choice."),
  privileged: key(flag, "Builds with all capabilities of the host.", { since: "2.15.0" }),
  entitlements: key(list(text), "What the build may do beyond the usual: `network.host`, `security.insecure`.", {
    since: "2.27.1",
  }),
  secrets: key(fileMounts, "Secrets that `RUN --mount=type=secret` steps can read. They leave no trace in the image."),
  ssh: key(pairs, "SSH keys or agents that `RUN --mount=type=ssh` steps can use: `default`, or `id=path`."),
  tags: key(list(text), "Further names for the image, besides `image`."),
  platforms: key(list(text), "The platforms to build for: `linux/amd64`, `linux/arm64`."),
  ulimits: key(ulimits, "Limits of resources for processes of the build.", { since: "2.23.1" }),
  additional_contexts: key(
    pairs,
    "Further contexts by name, which `FROM` and `COPY --from` can refer to: a folder, a URL, an image, or `service:name`.",
    { since: "2.17.0" },
  ),
  provenance: key(
    either(text, flag),
    "Whether, or in what detail, to attest how the image was built: `true`, `false`, `mode=max`.",
    { since: "2.39.0" },
  ),
  sbom: key(either(text, flag), "Whether to attach a list of the packages in the image, or which generator makes it.", {
    since: "2.39.0",
  }),
};
