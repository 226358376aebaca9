import { defineRule, type Problem } from "../../engine/rule.ts";
import { removePath } from "../../languages/yaml/edit.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { isUnknown, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { type Span, span } from "../../text/span.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { oncePerPlace } from "../shared/once-per-place.ts";
import { jobWith } from "./shared/example.ts";
import { flagOf } from "./shared/security-context.ts";
import { containersOf, nameOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "sudo-in-command",
  summary: "A container's command uses `sudo`.",
  why: `\`sudo\` in a command line means that the container's user may become root without a password, so that an intruder may, too, and
\`runAsNonRoot\` promises nothing. It is a setuid program: with \`allowPrivilegeEscalation: false\` it fails, and the container with it.

Let the image prepare at build time what needs root, or do it in an init container; a process that must be root is run as root openly.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["kubescape:C-0062"],
  references: ["https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"],
  fix: "review",
  examples: [
    {
      bad: jobWith({ container: ["command:", "  - sudo", "  - /app/report"] }),
      good: jobWith({ container: ["command:", "  - /app/report"] }),
    },
  ],
  keys: ["command", "args"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: KubernetesModel): Iterable<Problem> {
  for (const { container } of containersOf(model)) {
    for (const key of ["command", "args"]) {
      const items = itemsOf(container.get(key));
      for (const [index, item] of items.entries()) {
        const text = scalarText(item);
        if (text === undefined || isUnknown(item, "kubernetes") || !mentionsSudo.test(text)) continue;
        const whole = text.trim() === "sudo";
        if (whole && index > 0) continue;
        const fails = flagOf(container.get("securityContext", "allowPrivilegeEscalation")) === false;
        // With options of its own there is more to take away.
        const plain = whole && scalarText(items[1])?.startsWith("-") === false;
        yield {
          at: wordIn(model.document.text, item.span),
          message: fails
            ? `${nameOf(container)} calls \`sudo\`, which \`allowPrivilegeEscalation: false\` makes fail: do without it.`
            : `${nameOf(container)} calls \`sudo\`, so its user can become root: prepare in the image what needs root, and do without it.`,
          fixes: () =>
            plain
              ? reviewed(
                  "Run the command without `sudo` (what needs root in it fails)",
                  removePath(model.document, container.map, [key, index]),
                )
              : [],
        };
      }
    }
  }
}

/** Where the word stands in what is written. */
function wordIn(text: string, item: Span): Span {
  const index = text.slice(item.start, item.end).search(/\bsudo\b/);
  return index < 0 ? item : span(item.start + index, item.start + index + "sudo".length);
}

/** The word where a command stands: at the start, or behind what ends another one. */
const mentionsSudo = /(?:^|[;&|(\n]|\b(?:then|do|else|exec)\s)\s*sudo(?:\s|$)/;
