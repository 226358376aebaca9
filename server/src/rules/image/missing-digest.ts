import { defineRule, type Fix } from "../../engine/rule.ts";
import { type ImageReference, type ImageUse, tagMeaning } from "../../languages/image/index.ts";
import type { FoundDigest } from "../../languages/image/index.ts";
import { digestEdit, shortDigest } from "./shared/digest-edit.ts";
import { isNamedElsewhere } from "./shared/named-elsewhere.ts";

export default defineRule("image", {
  slug: "missing-digest",
  summary: "An image is not pinned by its digest.",
  why: `A tag is a name its publisher can move; a digest is the content itself. With \`name:tag@sha256:…\` every build and every node gets the same
bytes, and a registry account that was taken over cannot slip you another image under an old name.

The other side: a pinned digest gets no security fixes by itself. Pin where a bot (Renovate, Dependabot) raises digests for you, and keep the tag
beside it for people to read. Without such a bot a version tag is the better choice, which is why this rule is not in \`recommended\`.

The digest is asked of the registry when you choose to pin, not before. It should be that of the list of platforms, as it is for most images, so that every machine
finds its own: a digest of one platform is said to be one.`,
  category: "reproducibility",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: [
    "checkov:CKV_K8S_43",
    "kics:image_without_digest",
    "compose-lint:CL-0019",
    "semgrep:dockerfile-source-not-pinned",
    "sonar:S7023",
  ],
  references: [
    "https://docs.docker.com/build/building/best-practices/#pin-base-image-versions",
    "https://kubernetes.io/docs/concepts/containers/images/#image-names",
  ],
  fix: "review",
  reads: "workspace",
  options: {
    floating: {
      default: false,
      description:
        "Also ask for a digest where the tag moves from release to release, which `image/floating-tag` reports already.",
    },
  },
  examples: [
    {
      bad: "FROM alpine:3.23 AS files\nWORKDIR /srv\n\nFROM scratch\nCOPY --from=files /srv /srv\n",
      good: "FROM alpine:3.23@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c AS files\nWORKDIR /srv\n\nFROM scratch\nCOPY --from=files /srv /srv\n",
      fixed: false,
    },
  ],
  *check({ images, kind, text }, { floating }, workspace) {
    for (const use of images) {
      const { reference, span, built, role } = use;
      // A frontend is chosen by its major version on purpose: BuildKit's own advice is `docker/dockerfile:1`.
      if (built || role === "frontend" || reference === undefined || reference.digest !== undefined) continue;
      // Whose value is given elsewhere is pinned there.
      if (reference.text.includes("$")) continue;
      if (!floating && tagMeaning(reference) === "floating") continue;
      if (isNamedElsewhere(use, kind, workspace)) continue;
      const found = workspace.registryImage(reference)?.current;
      yield {
        at: span,
        message: `\`${reference.text}\` can be moved by its publisher: add its digest to get the same image every time.`,
        fixes: () => pinning(text, use, reference, found),
      };
    }
  },
});

/** By an edit where the registry was asked lately; else it has yet to be. */
function pinning(
  text: string,
  use: ImageUse,
  { text: image }: ImageReference,
  found: FoundDigest | undefined,
): readonly Fix[] {
  if (found === undefined) {
    const title = `Pin \`${image}\` to its digest`;
    return [{ title, safety: "review", resolve: { kind: "digest", image, span: use.span } }];
  }
  const edit = digestEdit(text, use, found.digest);
  const platforms = found.shape === "manifest" ? " (of one platform, which is all there is)" : "";
  const title = `Pin \`${image}\` to \`${shortDigest(found.digest)}\`${platforms}`;
  return edit === undefined ? [] : [{ title, safety: "review", edits: [edit] }];
}
