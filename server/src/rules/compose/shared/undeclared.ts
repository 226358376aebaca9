import type { Fix, Problem } from "../../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../../languages/compose/model.ts";
import { insertTopLevel, setPath, type YamlValue } from "../../../languages/yaml/edit.ts";
import type { TextEdit } from "../../../text/edit.ts";
import type { ComposePart } from "../../../workspace/facts.ts";
import type { WorkspaceView } from "../../../workspace/workspace.ts";
import { reviewed } from "../../shared/edit-fixes.ts";
import { isUndeclared, nearName, type Reference, renamed } from "./references.ts";

/** How to declare what is missing: a fix's title and what to write below the name; several where there is a choice, the likeliest first. */
export type Declaration = (name: string) => readonly { readonly title: string; readonly value: YamlValue }[];

/** How a kind of part is looked at. */
export interface PartInUse {
  readonly part: ComposePart;
  /** What one of them is called: `network`. */
  readonly noun: string;
  references(model: ComposeModel, service: ComposeService): Iterable<Reference>;
  readonly declare: Declaration;
  /** What to say where a name tells more than that it is missing: the message's end, and the fixes in place of the others. */
  hint?(
    model: ComposeModel,
    reference: Reference,
  ): { readonly advice: string; readonly fixes: readonly Fix[] } | undefined;
}

/** The names that services use and no file of the project declares. */
export function* undeclared(model: ComposeModel, workspace: WorkspaceView, use: PartInUse): Iterable<Problem> {
  const { part, noun } = use;
  for (const service of model.services) {
    for (const reference of use.references(model, service)) {
      const { name, at } = reference;
      if (!isUndeclared(model, workspace, part, name)) continue;
      const hint = use.hint?.(model, reference);
      const near = hint === undefined ? nearName(model, part, name) : undefined;
      const advice =
        hint?.advice ?? (near === undefined ? `declare it under \`${part}\`` : `did you mean \`${near}\`?`);
      yield {
        at,
        message: `\`${service.name}\` uses the ${noun} \`${name}\`, which is declared nowhere, so Compose refuses the file: ${advice}${advice.endsWith("?") ? "" : "."}`,
        fixes: () =>
          hint?.fixes ?? [
            ...renameFix(model, reference, near),
            ...use.declare(name).flatMap(({ title, value }) => reviewed(title, declaring(model, part, name, value))),
          ],
      };
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
export function declaring(
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
