import { type EditFix, defineInstructionRule } from "../../engine/rule.ts";
import { removeInstruction, replaceWord } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, TransferInstruction, Word } from "../../languages/dockerfile/model.ts";
import { insert } from "../../text/edit.ts";
import { tarName, unpackedLater } from "./shared/unpacking.ts";
import { archiveName } from "./shared/downloads.ts";
import { remoteFile } from "./shared/remote-sources.ts";

export default defineInstructionRule({
  slug: "download-by-add",
  summary: "`ADD` fetches an archive and leaves it packed.",
  why: `\`ADD\` unpacks the archives of the build context, not those it fetches from a URL: the file lies in a layer as it came, and stays there for good, even where a
later \`RUN\` unpacks and deletes it. One \`RUN\` that fetches, unpacks and deletes leaves only what is needed.

The other side: \`ADD\` needs no \`curl\` in the image, asks the server whether the file has changed, and takes a \`--checksum\`. From syntax 1.17 on,
\`ADD --unpack=true\` has the best of both. In a build stage whose files are copied from, the archive costs nothing in the final image.`,
  category: "size",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["kics:curl_or_wget_instead_of_add", "tally:prefer-add-unpack"],
  references: [
    "https://docs.docker.com/reference/dockerfile/#add---unpack",
    "https://docs.docker.com/build/building/best-practices/#add-or-copy",
  ],
  fix: "review",
  examples: [
    {
      bad: "FROM alpine:3.22\nADD https://example.com/site.tar.gz /tmp/\nRUN tar -xzf /tmp/site.tar.gz -C /srv\nUSER nobody\n",
      good: "FROM alpine:3.22\nADD --unpack=true https://example.com/site.tar.gz /srv/\nUSER nobody\n",
    },
  ],
  instructions: ["ADD"],
  suspects: (add) => archives(add).length > 0,
  *check(add, model) {
    if (add.stage?.shipped === false && !add.onbuild) return;
    for (const { source, name } of archives(add)) {
      yield {
        at: add.keywordSpan,
        message: `\`ADD\` leaves \`${name}\` packed in a layer of its own: fetch and unpack it in one \`RUN\`, or say \`--unpack=true\`.`,
        fixes: () => fixesFor(model, add, source, name),
      };
      return;
    }
  },
});

function archives(add: TransferInstruction): readonly { readonly source: Word; readonly name: string }[] {
  if (add.name !== "ADD" || add.flag("unpack") !== undefined) return [];
  return add.sources.flatMap((source) => {
    const name = remoteFile(source);
    return name !== undefined && archiveName.test(name) ? [{ source, name }] : [];
  });
}

function fixesFor(model: DockerfileModel, add: TransferInstruction, source: Word, name: string): readonly EditFix[] {
  const { destination } = add;
  if (add.sources.length !== 1 || destination === undefined || add.onbuild || !tarName.test(name)) return [];
  const found = unpackedLater(model, add, name);
  if (found?.whole !== true || found.folder === undefined) return [];
  const place = add.flags.at(-1)?.span ?? add.keywordSpan;
  return [
    {
      title: `Let \`ADD --unpack=true\` unpack it into \`${found.folder}\` (needs Dockerfile syntax 1.17)`,
      safety: "review",
      edits: [
        insert(place.end, " --unpack=true"),
        replaceWord(destination, found.folder),
        removeInstruction(model, found.run),
      ],
    },
  ];
}
