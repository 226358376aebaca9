import { defineRule } from "../../engine/rule.ts";
import { nameAsWritten, tagMeaning } from "../../languages/image/index.ts";
import { isNamedElsewhere } from "./shared/named-elsewhere.ts";

export default defineRule("image", {
  slug: "floating-tag",
  summary: "An image is named without a version, or by a tag that moves from one release to the next.",
  why: `\`latest\`, \`stable\`, \`edge\` and a missing tag (which means \`latest\`) stand for whatever was published last. Two builds of the
same commit then differ, a node that pulls during an incident runs something nobody tested, and a rollback rolls nothing back.

A tag that names a release (\`node:22.14-alpine\`) says what runs, and a bot can raise it in a pull request. It may still be rebuilt with fixes;
who needs the very same bytes adds the digest (\`image/missing-digest\`).

Which version to take, the registry knows: an action in the editor asks it for its tags, once you choose it, and lists the newest releases of the variant you have.

Leave it where following the newest release is the point: a nightly test against \`edge\`, for example.`,
  category: "reproducibility",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3006",
    "hadolint:DL3007",
    "trivy:DS-0001",
    "trivy:KSV-0013",
    "checkov:CKV_DOCKER_7",
    "checkov:CKV_K8S_14",
    "kics:image_version_not_explicit",
    "kics:image_version_using_latest",
    "kics:invalid_image",
    "droast:DF001",
    "droast:DF024",
    "kube-linter:latest-tag",
    "kube-score:Container Image Tag",
    "kube-score:container-image-tag",
    "polaris:tagNotSpecified",
    "dclint:service-image-require-explicit-tag",
    "compose-lint:CL-0004",
  ],
  references: [
    "https://docs.docker.com/build/building/best-practices/#pin-base-image-versions",
    "https://kubernetes.io/docs/concepts/containers/images/#image-names",
  ],
  fix: null,
  reads: "workspace",
  examples: [
    {
      bad: "FROM node:latest AS build\nWORKDIR /app\n\nFROM scratch\nCOPY --from=build /app /app\n",
      good: "FROM node:22.14-alpine AS build\nWORKDIR /app\n\nFROM scratch\nCOPY --from=build /app /app\n",
      fixed: false,
    },
  ],
  *check({ images, kind }, _options, workspace) {
    for (const use of images) {
      const { reference, span, built } = use;
      if (built || reference === undefined || tagMeaning(reference) !== "floating") continue;
      const { text, tag } = reference;
      if (isNamedElsewhere(use, kind, workspace)) continue;
      const name = tag === undefined ? nameAsWritten(reference) : `${nameAsWritten(reference)}:${tag}`;
      // Whoever builds may give another value; the default is what a plain build takes.
      const byVariable = text.includes("$");
      const shown = byVariable ? `\`${name}\`, the default of \`${text}\`,` : `\`${name}\``;
      yield {
        at: span,
        message: unversioned(reference.canonical, shown) ?? versioned(tag, name, shown),
        ...(byVariable ? { severity: "info" } : {}),
      };
    }
  },
});

function versioned(tag: string | undefined, name: string, shown: string): string {
  return tag === undefined
    ? `${shown} names no version, so it is whatever \`${name}:latest\` is that day: add the tag of the version you tested.`
    : `${shown} moves from release to release: replace \`${tag}\` by the tag of the version you tested.`;
}

/** What to do about an image of which there are no tags of versions to choose from. */
function unversioned(canonical: string, shown: string): string | undefined {
  if (canonical.startsWith("gcr.io/distroless/")) {
    return `${shown} moves from one release of Debian to the next: name it with its release, as in \`static-debian13\`.`;
  }
  // https://edu.chainguard.dev/chainguard/chainguard-images/about/images-categories/
  if (canonical.startsWith("cgr.dev/chainguard/") || canonical.startsWith("docker.io/chainguard/")) {
    return `${shown} moves from release to release, and what is free there has no tags of versions: add the digest you tested.`;
  }
  return undefined;
}
