import { defineRule, type Preset, type Problem, type Rule, type Severity } from "../../../engine/rule.ts";
import { watchesHost } from "../../../knowledge/host-paths.ts";
import type { ComposeModel, ComposeService } from "../../../languages/compose/model.ts";
import { scalarText } from "../../../languages/yaml/path.ts";
import { reviewed } from "../../shared/edit-fixes.ts";
import { composeWith } from "./example.ts";
import { oncePerPlace } from "./services.ts";
import { removeWhereWritten } from "./written.ts";

/** What the rules about namespaces of the host differ in. */
export interface HostNamespace {
  readonly slug: string;
  /** The service's key; `host` is the value that shares the namespace. */
  readonly key: string;
  readonly summary: string;
  readonly why: string;
  readonly severity: Severity;
  readonly preset: Preset;
  readonly aliases: readonly string[];
  readonly references: readonly string[];
  /** Behind the service's name: "shares … with the host". */
  readonly shares: string;
  /** What a process can do then, and what to do. */
  readonly advice: string;
  /** What the fix may break, in its title. */
  readonly breaks: string;
  /** Images that watch the host need it. */
  readonly forWatchers?: boolean;
}

/** A rule for one namespace that a service shares with the host by `<key>: host`. Stacks ignore all these keys. */
export function hostNamespace(spec: HostNamespace): Rule {
  const { key, shares, advice, breaks, forWatchers, ...metadata } = spec;
  return defineRule("compose", {
    ...metadata,
    category: "security",
    since: "0.1.0",
    fix: "review",
    examples: [{ bad: composeWith({ own: [`${key}: host`] }), good: composeWith({}) }],
    keys: [key],
    *check(model) {
      if (model.dialect === "stack") return;
      yield* oncePerPlace(problems(model));
    },
  });

  function* problems(model: ComposeModel): Iterable<Problem> {
    for (const service of model.services) {
      const entry = service.entry(key);
      if (entry === undefined || entry.value.tag === "!reset" || scalarText(entry.value) !== "host") continue;
      if (forWatchers === true && isWatcher(service)) continue;
      yield {
        at: entry.value.span,
        message: `\`${service.name}\` shares ${shares} with the host: ${advice}.`,
        fixes: () => {
          const edits = removeWhereWritten(model, [key], entry.value);
          return reviewed(`Remove \`${key}: host\` (${breaks})`, edits);
        },
        ...(model.role === "development" ? { severity: "hint" } : {}),
      };
    }
  }
}

/** Whether the service's job is to watch the host. */
export function isWatcher({ image }: ComposeService): boolean {
  return image !== undefined && watchesHost(image.canonical);
}
