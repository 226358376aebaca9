import { defineRule } from "../../engine/rule.ts";
import { nameAsWritten } from "../../languages/image/index.ts";

export default defineRule("image", {
  slug: "digest-without-tag",
  summary: "An image is named by its digest alone, which tells nobody what version it is.",
  why: `A digest pins the content and says nothing to people: whoever reviews the file, or looks for what runs the flawed release, has to ask the registry.
Bots that raise versions go by the tag, so without one they can only follow \`latest\`, or leave the image as it is for ever; \`seaworthy pin --update\` leaves it, too.

With both, \`name:1.2.3@sha256:…\`, the digest still decides what is pulled and the tag is there to read. Where a tool writes the file, a digest alone does
no harm.`,
  category: "reproducibility",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: ["sonar:S8431"],
  references: [
    "https://docs.docker.com/build/building/best-practices/#pin-base-image-versions",
    "https://docs.renovatebot.com/docker/",
  ],
  fix: null,
  examples: [
    {
      bad: "FROM alpine@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c AS files\nWORKDIR /srv\n\nFROM scratch\nCOPY --from=files /srv /srv\n",
      good: "FROM alpine:3.23@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c AS files\nWORKDIR /srv\n\nFROM scratch\nCOPY --from=files /srv /srv\n",
      fixed: false,
    },
  ],
  *check({ images }) {
    for (const { reference, span, built } of images) {
      if (built || reference === undefined || reference.digest === undefined || reference.tag !== undefined) continue;
      yield {
        at: span,
        message: `\`${nameAsWritten(reference)}\` has a digest and no tag, so nobody sees which version this is: write the tag before the \`@\`.`,
      };
    }
  },
});
