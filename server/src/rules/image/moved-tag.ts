import { defineRule, type Fix } from "../../engine/rule.ts";
import { type ImageUse, nameAsWritten } from "../../languages/image/index.ts";
import { movedFrom, type RegistryImage } from "../../workspace/registry-images.ts";
import { digestEdit, shortDigest } from "./shared/digest-edit.ts";
import { isNamedElsewhere } from "./shared/named-elsewhere.ts";

export default defineRule("image", {
  slug: "moved-tag",
  summary: "An image is pinned by a digest that its tag no longer stands for.",
  why: `The digest decides what is pulled; the tag beside it is there for people and bots to read. Once the publisher has moved the tag, most often because the image was
rebuilt with fixes, the file says one thing and gets another: the fixes are not in what you run.

It is no fault to be behind: that is what a pinned digest is for. Look at what changed, then take the new one, or have a bot (Renovate, Dependabot) propose it, so that nobody
has to look. Of a tag that names one release for good, a move deserves a second look: nobody but the publisher should be able to do that.

Nothing is known of it until you ask: by *Pin*, *Update* or a look at what an image is, in the editor, or by \`seaworthy pin --check\`. What a registry said is believed for ten minutes.
A digest of one platform is another one than that of the tag's list of platforms; where that is all, it is a hint.`,
  category: "reproducibility",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/build/building/best-practices/#pin-base-image-versions",
    "https://docs.renovatebot.com/docker/#digest-pinning",
  ],
  fix: "review",
  reads: "workspace",
  examples: [
    {
      bad: "FROM alpine:3.23@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c AS files\nWORKDIR /srv\n\nFROM scratch\nCOPY --from=files /srv /srv\n",
      good: "FROM alpine:3.23@sha256:4b7ce07002c69e8f3d704a9c5d6fd3053be500b7f1c69fc0d80990c2ad8dd412 AS files\nWORKDIR /srv\n\nFROM scratch\nCOPY --from=files /srv /srv\n",
      registry: { "alpine:3.23": "sha256:4b7ce07002c69e8f3d704a9c5d6fd3053be500b7f1c69fc0d80990c2ad8dd412" },
    },
  ],
  *check({ images, kind, text }, _options, workspace) {
    for (const use of images) {
      const { reference, span, built } = use;
      // Without a tag there is nothing to follow, and where a variable says it, that is done where it is given.
      if (built || reference?.digest === undefined || reference.tag === undefined || reference.text.includes("$"))
        continue;
      const known = workspace.registryImage(reference);
      if (known?.current === undefined || movedFrom(known, reference.digest) !== true) continue;
      if (isNamedElsewhere(use, kind, workspace)) continue;
      const name = `${nameAsWritten(reference)}:${reference.tag}`;
      const only = onlyPlatform(known, reference.digest);
      const now = shortDigest(known.current.digest);
      const { digest } = known.current;
      yield {
        at: span,
        message:
          only === undefined
            ? `\`${name}\` stands for \`${now}\` now, and \`${shortDigest(reference.digest)}\` is pinned: see what changed, and update the digest.`
            : `\`${name}\` is pinned for \`${only}\` alone, and the tag stands for several platforms, \`${now}\`: pin that, unless one is what you want.`,
        ...(only === undefined ? {} : { severity: "hint" }),
        fixes: () => updating(text, use, name, digest),
      };
    }
  },
});

/**
 * The platform that is pinned, where the tag stands for a list of them. An image that is known not to be on that list has been replaced there, so that more has changed
 * than its platforms.
 */
function onlyPlatform({ current, listed, description }: RegistryImage, pinned: string): string | undefined {
  if (current?.shape !== "index") return undefined;
  const there = listed?.find(({ digest }) => digest === pinned || digest === description?.digest);
  if (there !== undefined) return there.platform ?? description?.platform ?? "one platform";
  return listed === undefined && description?.shape === "manifest" ? description.platform : undefined;
}

function updating(text: string, use: ImageUse, name: string, digest: string): readonly Fix[] {
  const edit = digestEdit(text, use, digest);
  const title = `Update the digest of \`${name}\` to \`${shortDigest(digest)}\` (what is pulled changes)`;
  return edit === undefined ? [] : [{ title, safety: "review", edits: [edit] }];
}
