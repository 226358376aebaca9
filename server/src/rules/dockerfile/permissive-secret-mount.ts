import { defineInstructionRule, type Fix } from "../../engine/rule.ts";
import type { Mount, RunInstruction } from "../../languages/dockerfile/model.ts";
import { startUserOf } from "../../languages/image/index.ts";
import { replace } from "../../text/edit.ts";
import type { Span } from "../../text/span.ts";

export default defineInstructionRule({
  slug: "permissive-secret-mount",
  summary: "A secret is mounted so that every user of the build step may read it.",
  why: `A mounted secret is root's alone (\`0400\`; an SSH agent's socket \`0600\`). With a wider mode every process of the step reads it: a package's install
script that was careful to drop its privileges, too. A wide mode is mostly there because the step runs as another user than root; give the secret to that user by
\`uid=\` and \`gid=\`, and leave the mode as it is.`,
  category: "secrets",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["sonar:S6469"],
  references: ["https://docs.docker.com/reference/dockerfile/#run---mounttypesecret"],
  fix: "safe",
  examples: [
    {
      bad: "FROM alpine:3.23\nRUN --mount=type=secret,id=netrc,target=/root/.netrc,mode=0644 wget -q https://example.com/app.tar\nUSER nobody\n",
      good: "FROM alpine:3.23\nRUN --mount=type=secret,id=netrc,target=/root/.netrc,mode=0400 wget -q https://example.com/app.tar\nUSER nobody\n",
    },
  ],
  instructions: ["RUN"],
  mentions: /--mount/,
  suspects: (run) => wideMounts(run).length > 0,
  *check(run, model) {
    for (const mount of wideMounts(run)) {
      const at = modeIn(model.text, mount);
      const mode = mount.options.get("mode") ?? "";
      const own = mount.type === "ssh" ? "0600" : "0400";
      const owner = mount.options.has("uid") ? "" : " and give it to the step's user by `uid=`";
      yield {
        at: at ?? mount.span,
        message: `With \`mode=${mode}\` every user of this step may read the ${mount.type === "ssh" ? "SSH agent" : "secret"}: use \`mode=${own}\`${owner}.`,
        fixes: (): readonly Fix[] => {
          if (at === undefined) return [];
          const root = startsAsRoot(run);
          const title = `Write \`mode=${own}\`${root ? "" : " (a step that does not run as root needs `uid=` as well)"}`;
          return [{ title, safety: root ? "safe" : "review", edits: [replace(at, `mode=${own}`)] }];
        },
      };
    }
  },
});

function wideMounts({ mounts }: RunInstruction): readonly Mount[] {
  return mounts.filter(({ type, options }) => {
    const mode = options.get("mode");
    return (type === "secret" || type === "ssh") && mode !== undefined && /^[0-7]*[1-7]$/.test(mode);
  });
}

function modeIn(text: string, { span }: Mount): Span | undefined {
  const match = /(?:^|(?<=[=,]))mode=["']?[0-7]+["']?/.exec(text.slice(span.start, span.end));
  return match === null
    ? undefined
    : { start: span.start + match.index, end: span.start + match.index + match[0].length };
}

/** Whether the step is root's, as far as is known: root reads a file whatever its mode. */
function startsAsRoot({ stage, span }: RunInstruction): boolean {
  if (stage === undefined) return false;
  if (startUserOf({ facts: stage.baseFacts, description: stage.baseDescription })?.uid !== 0) return false;
  return !stage.history.some((instruction) => instruction.name === "USER" && instruction.span.start < span.start);
}
