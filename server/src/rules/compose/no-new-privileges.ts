import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { appendItem, replaceScalar, setPath } from "../../languages/yaml/edit.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { booleanOf, isUnknown, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { composeWith } from "./shared/example.ts";
import { productionServices } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "no-new-privileges",
  summary: "A service's processes may gain privileges by setuid programs.",
  why: `An image holds a few programs that run as root whoever starts them (\`su\`, \`mount\`, \`ping\` in some). With \`no-new-privileges\` the kernel ignores that bit, so
that a process that was taken over stays the user it is.

It costs nothing where a container starts as the user it runs as. What uses \`sudo\`, or a mail or printing system with setuid helpers, stops working; an entrypoint
that starts as root and changes user with \`gosu\` or \`su-exec\` does not. Advice for hardening, so only in the \`strict\` preset. A stack file cannot say it.`,
  category: "security",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: [
    "compose-lint:CL-0003",
    "kics:no_new_privileges_not_set",
    "kics:security_opt_not_set",
    "semgrep:no-new-privileges",
  ],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#security_opt",
    "https://docs.docker.com/reference/cli/docker/container/run/#security-opt",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({
        image: [
          "image: ghcr.io/acme/api:1.4.2@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c",
        ],
      }),
      good: composeWith({
        image: [
          "image: ghcr.io/acme/api:1.4.2@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c",
        ],
        own: ["security_opt:", "  - no-new-privileges:true"],
      }),
    },
  ],
  *check(model) {
    if (model.dialect === "stack") return;
    const seen = new Set<number>();
    for (const service of candidates(model)) {
      // A privileged container has all there is to gain.
      if (booleanOf(service.get("privileged")) === true || isUnknown(service.get("privileged"))) continue;
      const entry = service.entry("security_opt");
      const items = itemsOf(entry?.value);
      if (items.some((item) => isUnknown(item) || setting(item) === true)) continue;
      const refused = items.find((item) => setting(item) === false);
      const at = refused?.span ?? (entry === undefined ? service.keySpan : entry.keySpan);
      if (seen.has(at.start)) continue;
      seen.add(at.start);
      yield {
        at,
        message: `Processes of \`${service.name}\` may gain privileges by setuid programs: add \`no-new-privileges:true\` to \`security_opt\`.`,
        fixes: () => fixes(model, service, refused),
      };
    }
  },
});

/** Whole services, and parts of one that have a list of such options. */
function candidates(model: ComposeModel): readonly ComposeService[] {
  const whole = new Set(productionServices(model));
  const parts = model.role === "main" && !model.document.templated;
  return model.services.filter(
    (service) => whole.has(service) || (parts && !service.open && service.entry("security_opt") !== undefined),
  );
}

/** What the option says of new privileges; `undefined` where it is about something else. */
function setting(item: YamlNode): boolean | undefined {
  const match = /^no-new-privileges(?:[:=](\w+))?$/.exec(scalarText(item) ?? "");
  return match === null ? undefined : match[1] !== "false";
}

function fixes(model: ComposeModel, service: ComposeService, refused: YamlNode | undefined): readonly Fix[] {
  const { document } = model;
  const option = "no-new-privileges:true";
  const own = service.map.get("security_opt");
  const edits =
    refused?.type === "scalar"
      ? replaceScalar(document, refused, option)
      : own?.value.type === "seq" && own.merged === undefined
        ? appendItem(document, own.value, option)
        : setPath(document, service.map, ["security_opt"], [option]);
  return edits === undefined
    ? []
    : [{ title: `Add \`${option}\` (\`sudo\` and other setuid programs stop working)`, safety: "review", edits }];
}
