import { setPath } from "../../../../languages/yaml/edit.ts";
import type { YamlNode } from "../../../../languages/yaml/node.ts";
import { getPath, isNull, itemsOf, scalarText } from "../../../../languages/yaml/path.ts";
import { joined } from "../../../shared/joined-edits.ts";
import { eachWritten, type Migration } from "./migration.ts";

/** What the old version means by a field that is left out, and the new one does not. */
const formerDefaults: readonly (readonly [key: string, value: string | number | readonly string[]])[] = [
  ["admissionReviewVersions", ["v1beta1"]],
  ["failurePolicy", "Ignore"],
  ["matchPolicy", "Exact"],
  ["timeoutSeconds", 30],
];

/**
 * `admissionregistration.k8s.io/v1beta1` to `v1`, with the defaults of old written out. A webhook must now promise what it does on a dry run.
 * Source: https://kubernetes.io/docs/reference/using-api/deprecation-guide/#webhook-resources-v122
 */
export const webhooks: Migration = (document, { map, partial }) => {
  if (partial) return undefined;
  const hooks = itemsOf(getPath(map, "webhooks"));
  const changes = eachWritten(hooks, (hook) => {
    const missing = formerDefaults.filter(([key]) => isNull(hook.get(key)?.value));
    const effects = promises(hook) ? [] : [setPath(document, hook, ["sideEffects"], "None")];
    const defaults = missing.map(([key, value]) => setPath(document, hook, [key], value));
    return joined(document.text, [...effects, ...defaults]);
  });
  return hooks.every((hook) => promises(hook))
    ? { changes }
    : { changes, caution: "`sideEffects: None` promises that the webhook changes nothing outside the request" };
};

function promises(hook: YamlNode): boolean {
  return /^None(?:OnDryRun)?$/.test(scalarText(getPath(hook, "sideEffects")) ?? "");
}
