import { defineInstructionRule } from "../../engine/rule.ts";
import { replaceWord } from "../../languages/dockerfile/edit.ts";
import type { OtherInstruction } from "../../languages/dockerfile/model.ts";
import { everyCommand, type ShellCommand } from "../../languages/shell/index.ts";
import type { Span } from "../../text/span.ts";
import { bodyOf } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "supplementary-groups-lost",
  summary: "`USER user:group` drops the further groups that the file put the user into.",
  why: `With a group in \`USER\` the process has that group alone: what \`usermod -aG\`, \`useradd -G\` or \`addgroup user group\` wrote to \`/etc/group\` is not read. The
program then cannot open the device, socket or folder for whose sake it was put into the group, and the line that did so looks as if it worked.

\`USER user\` takes the user's first group and all further ones. Where the one group is all it should have, take out the line that adds the others.`,
  category: "correctness",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["tally:user-explicit-group-drops-supplementary-groups"],
  references: ["https://docs.docker.com/reference/dockerfile/#user"],
  fix: "review",
  examples: [
    {
      bad: "FROM debian:13.1-slim\nRUN useradd --system recorder && usermod -aG video recorder\nUSER recorder:recorder\n",
      good: "FROM debian:13.1-slim\nRUN useradd --system recorder && usermod -aG video recorder\nUSER recorder\n",
    },
  ],
  instructions: ["USER"],
  suspects: (user) => identityOf(user) !== undefined,
  *check(user) {
    const identity = identityOf(user);
    const { stage, words } = user;
    const [word] = words;
    if (stage === undefined || word === undefined || identity === undefined || user.onbuild) return;
    const lost = membershipsBefore(user, identity.name).filter(({ group }) => group !== identity.group);
    const [first] = lost;
    if (first === undefined) return;
    yield {
      at: word.span,
      message: `With \`:${identity.group}\` the process is not in ${listed(lost)}, which \`${identity.name}\` was put into: leave the group out.`,
      related: [{ at: first.at, message: `\`${identity.name}\` is put into \`${first.group}\` here` }],
      fixes: () => [
        {
          title: `Use \`USER ${identity.name}\` (new files belong to the first group in \`/etc/passwd\`)`,
          safety: "review",
          edits: [replaceWord(word, identity.name)],
        },
      ],
    };
  },
});

function identityOf({
  words: [word],
}: OtherInstruction): { readonly name: string; readonly group: string } | undefined {
  const found = /^([a-z_][\w-]*):([\w-]+)$/i.exec(word?.value ?? "");
  return found === null ? undefined : { name: found[1] ?? "", group: found[2] ?? "" };
}

interface Membership {
  readonly group: string;
  readonly at: Span;
}

function membershipsBefore(user: OtherInstruction, name: string): readonly Membership[] {
  return (user.stage?.history ?? []).flatMap((step) => {
    if (step.name !== "RUN" || step.span.start > user.span.start) return [];
    const script = bodyOf(step);
    return script === undefined ? [] : everyCommand(script).flatMap((command) => membershipsIn(command, name));
  });
}

/** The groups a command puts a user into besides the first one. */
function membershipsIn(command: ShellCommand, name: string): readonly Membership[] {
  const words = command.args.map(({ value }) => value);
  const groups = (list: string | undefined): readonly Membership[] =>
    (list ?? "").split(",").flatMap((group) => (group === "" ? [] : [{ group, at: command.nameSpan }]));
  switch (command.name) {
    case "useradd":
    case "usermod": {
      if (words.at(-1) !== name) return [];
      const joined = words.find((word) => word?.startsWith("--groups=") === true);
      if (joined !== undefined) return groups(joined.slice("--groups=".length));
      const at = words.findIndex((word) => word !== undefined && /^(?:-[a-zA-Z]*G|--groups)$/.test(word));
      return at < 0 ? [] : groups(words[at + 1]);
    }
    case "gpasswd": {
      const [option, member, group] = words;
      return (option === "-a" || option === "--add") && member === name ? groups(group) : [];
    }
    case "adduser":
    case "addgroup": {
      const [member, group, ...others] = words;
      return words.length === 2 && member === name && others.length === 0 && group?.startsWith("-") === false
        ? groups(group)
        : [];
    }
    default:
      return [];
  }
}

function listed(memberships: readonly Membership[]): string {
  return [...new Set(memberships.map(({ group }) => `\`${group}\``))].join(", ");
}
