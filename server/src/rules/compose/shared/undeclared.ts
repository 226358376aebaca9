import { defineRule, type Fix, type Problem, type Rule } from "../../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../../languages/compose/model.ts";
import { insertTopLevel, setPath, type YamlValue } from "../../../languages/yaml/edit.ts";
import type { TextEdit } from "../../../text/edit.ts";
import type { ComposePart } from "../../../workspace/facts.ts";
import type { WorkspaceView } from "../../../workspace/workspace.ts";
import { reviewed } from "../../shared/edit-fixes.ts";
import { isUndeclared, nearName, type Reference, renamed } from "./references.ts";
import { oncePerPlace } from "./services.ts";

/** What the rules about names that nothing declares differ in. */
export interface UndeclaredPart {
  readonly part: ComposePart;
  /** What one of them is called: `network`. */
  readonly noun: string;
  readonly slug: string;
  readonly summary: string;
  readonly why: string;
  readonly references: readonly string[];
  readonly examples: Rule["examples"];
  /** Where a service names such parts. */
  readonly namedBy: (model: ComposeModel, service: ComposeService) => Iterable<Reference>;
  /** How to declare what is missing: a fix's title and what to write below the name; several where there is a choice, the likeliest first. */
  readonly declare: (name: string) => readonly { readonly title: string; readonly value: YamlValue }[];
  /** What to say where a name tells more than that it is missing: the message's end, and the fixes in place of the others. */
  readonly hint?: (
    model: ComposeModel,
    reference: Reference,
  ) => { readonly advice: string; readonly fixes: readonly Fix[] } | undefined;
}

/** A rule for the names of one part that services use and no file of the project declares. */
export function undeclaredPart(spec: UndeclaredPart): Rule {
  const { part, noun, namedBy, declare, hint: hintOf, ...metadata } = spec;
  return defineRule("compose", {
    ...metadata,
    category: "correctness",
    severity: "error",
    preset: "minimal",
    since: "0.1.0",
    aliases: ["compose-go:consistency"],
    fix: "review",
    reads: "workspace",
    *check(model, _options, workspace) {
      yield* oncePerPlace(problems(model, workspace));
    },
  });

  function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
    for (const service of model.services) {
      for (const reference of namedBy(model, service)) {
        const { name, at } = reference;
        if (!isUndeclared(model, workspace, part, name)) continue;
        const hint = hintOf?.(model, reference);
        const near = hint === undefined ? nearName(model, part, name) : undefined;
        const advice =
          hint?.advice ?? (near === undefined ? `declare it under \`${part}\`` : `did you mean \`${near}\`?`);
        yield {
          at,
          message: `\`${service.name}\` uses the ${noun} \`${name}\`, which is declared nowhere, so Compose refuses the file: ${advice}${advice.endsWith("?") ? "" : "."}`,
          fixes: () =>
            hint?.fixes ?? [
              ...renameFix(model, reference, near),
              ...declare(name).flatMap(({ title, value }) => reviewed(title, declaring(model, part, name, value))),
            ],
        };
      }
    }
  }
}

/** The fix that names what was probably meant. */
export function renameFix(model: ComposeModel, reference: Reference, near: string | undefined): readonly Fix[] {
  return near === undefined
    ? []
    : reviewed(`Use \`${near}\` instead of \`${reference.name}\``, renamed(model, reference, near));
}

/** The name under its part's top-level key, which comes into being where there is none. */
function declaring(
  { document, root }: ComposeModel,
  part: ComposePart,
  name: string,
  value: YamlValue,
): readonly TextEdit[] | undefined {
  return root.get(part) === undefined
    ? insertTopLevel(
        document,
        part,
        { [name]: value },
        { after: ["services", "networks", "volumes", "configs", "secrets"] },
      )
    : setPath(document, root, [part, name], value);
}
