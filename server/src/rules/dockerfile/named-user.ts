import { defineInstructionRule, type Fix } from "../../engine/rule.ts";
import { insertFlag, replaceWord } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, OtherInstruction, Stage, Word } from "../../languages/dockerfile/model.ts";
import { createdUsers, type CreatedUser } from "./shared/created-user.ts";
import { needsNumber } from "./shared/image-names.ts";
import { isRootName } from "./shared/step-user.ts";

export default defineInstructionRule({
  slug: "named-user",
  summary: "`USER` names a user, and Kubernetes can only tell from a number that it is not root.",
  why: `With \`runAsNonRoot: true\` the kubelet refuses an image whose \`USER\` is a name (\`container has runAsNonRoot and image has non-numeric user\`): it does not look
into the image's \`/etc/passwd\` before it starts it. A number is checked. It also stays what it is when a base image hands out its numbers anew, and the files on a
volume then still belong to it.

A name reads better, and where a manifest sets \`runAsUser\`, or Kubernetes is not involved, nothing is gained by the number. With one that \`/etc/passwd\` knows, the home
directory and the groups are the same either way.`,
  category: "security",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: ["hadolint:DL3066"],
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
    "https://docs.docker.com/reference/dockerfile/#user",
  ],
  fix: "review",
  examples: [
    {
      bad: 'FROM node:22.14-alpine@sha256:9bef0ef1e268f60627da9ba7d7605e8831d5b56ad07487d24d1aa386336d1944\nUSER node\nHEALTHCHECK CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:3000/"]\nCMD ["node", "server.js"]\n',
      good: 'FROM node:22.14-alpine@sha256:9bef0ef1e268f60627da9ba7d7605e8831d5b56ad07487d24d1aa386336d1944\nUSER 1000\nHEALTHCHECK CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:3000/"]\nCMD ["node", "server.js"]\n',
    },
  ],
  instructions: ["USER"],
  suspects: ({ words: [word] }) => word !== undefined && /^[a-z_]/i.test(word.value) && !isRootName(word.value),
  reads: "workspace",
  *check(user, model, _options, workspace) {
    const [word] = user.words;
    const { stage } = user;
    if (word === undefined || user.onbuild || stage?.windows === true) return;
    if (stage !== undefined && model.finalStage?.last("USER") !== user) return;
    const [name = ""] = word.value.split(":");
    // A name that cannot be looked up is worse than a name, and reported as that.
    if (stage?.baseFacts?.shell === false && numberIn(stage, name) === undefined) return;
    const needed = needsNumber(workspace);
    yield {
      at: word.span,
      ...(needed ? { severity: "warning" } : {}),
      message: needed
        ? `\`${word.text}\` is a name, and a workload runs an image of this name with \`runAsNonRoot\`, which refuses that: give the user's number.`
        : `\`${word.text}\` is a name, which Kubernetes' \`runAsNonRoot\` cannot check: give the user's number.`,
      fixes: () => (stage === undefined ? [] : fixesFor(model, user, stage, word)),
    };
  },
});

/** The number of a user of the base image. */
function numberIn({ baseFacts }: Stage, name: string): number | undefined {
  const known = [baseFacts?.nonRootUser, baseFacts?.user].find((user) => user?.name === name);
  if (known !== undefined) return known.uid;
  // https://git.alpinelinux.org/aports/tree/main/alpine-baselayout/passwd, https://sources.debian.org/src/base-passwd/latest/passwd.master/
  const distributed = ["alpine", "debian", "ubuntu", "wolfi", "distroless"];
  return name === "nobody" && distributed.includes(baseFacts?.os ?? "") ? 65534 : undefined;
}

function fixesFor(model: DockerfileModel, user: OtherInstruction, stage: Stage, word: Word): readonly Fix[] {
  const [name = "", group] = word.value.split(":");
  const created = createdUsers(stage).findLast((each) => each === "unknown" || each.name === name);
  if (created === "unknown") return [];
  const known = created?.uid ?? (created === undefined ? numberIn(stage, name)?.toString() : undefined);
  const suffix = group === undefined ? "" : groupIn(stage, group);
  if (suffix === undefined) return [];
  if (known !== undefined) {
    const title = `Use \`${known}${suffix}\`, the number of \`${name}\` (if another image gives it another number, this has to follow)`;
    return [{ title, safety: "review", edits: [replaceWord(word, `${known}${suffix}`)] }];
  }
  const flag = created === undefined ? undefined : flagFor(stage, created);
  if (created === undefined || flag === undefined || created.run.span.start > user.span.start) return [];
  if (created.run.form === "exec") return [];
  const number = insertFlag(created.command, flag, created.command.nameSpan);
  return [
    {
      title: `Create \`${name}\` with the number 10001 and use that (files of an older image belong to another number)`,
      safety: "review",
      edits: [number, replaceWord(word, `10001${suffix}`)],
    },
  ];
}

/** A group as it stands behind a user's number; `undefined` where its own number is not known. */
function groupIn({ baseFacts }: Stage, group: string): string | undefined {
  if (/^\d+$/.test(group)) return `:${group}`;
  const known = [baseFacts?.nonRootUser, baseFacts?.user].find((user) => user?.name === group);
  return known?.gid === undefined ? undefined : `:${known.gid}`;
}

function flagFor({ baseFacts }: Stage, { command }: CreatedUser): string | undefined {
  if (command.name === "useradd") return "--uid 10001";
  if (baseFacts?.userDialect === "busybox") return "-u 10001";
  return baseFacts?.userDialect === "shadow" ? "--uid 10001" : undefined;
}
