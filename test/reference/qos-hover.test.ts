import { describe, expect, it } from "vitest";
import { parseManifest } from "../../server/src/languages/kubernetes/index.ts";
import { parseYaml } from "../../server/src/languages/yaml/parse.ts";
import { qosHover } from "../../server/src/reference/qos-hover.ts";
import { createWorkspace } from "../../server/src/workspace/index.ts";

/** What is said where `|` stands. */
function hover(text: string, path = "manifest.yaml"): string | undefined {
  const model = parseManifest(parseYaml(text.replace("|", "")), path);
  return qosHover(model, text.indexOf("|"), createWorkspace().view(path))?.markdown;
}

const pod = (containers: string, more = "") => `apiVersion: v1
kind: P|od
metadata: { name: api }
spec:
${more}  containers:
${containers}`;

const container = (resources: string, name = "api") =>
  `    - { name: ${name}, image: "ghcr.io/acme/api:1", resources: ${resources} }\n`;

const init = (resources: string) =>
  `  initContainers:\n    - { name: migrate, image: "ghcr.io/acme/api:1", resources: ${resources} }\n`;

const full = "{ limits: { cpu: 500m, memory: 64Mi } }";

describe("the class of a pod", () => {
  it.each([
    ["nothing is said", pod(container("{}")), "BestEffort"],
    ["other resources do not count", pod(container("{ requests: { ephemeral-storage: 1Gi } }")), "BestEffort"],
    ["nought is nothing", pod(container("{ requests: { cpu: 0 } }")), "BestEffort"],
    ["limits stand for requests", pod(container(full)), "Guaranteed"],
    [
      "the same in other words",
      pod(container("{ requests: { cpu: 0.5, memory: 65536Ki }, limits: { cpu: 500m, memory: 64Mi } }")),
      "Guaranteed",
    ],
    ["a request alone", pod(container("{ requests: { memory: 64Mi } }")), "Burstable"],
    ["one of two containers", pod(container(full) + container("{}", "proxy")), "Burstable"],
    ["an init container counts", pod(container(full), init("{}")), "Burstable"],
    ["an init container that has all", pod(container(full), init(full)), "Guaranteed"],
    ["the pod's own count alone", pod(container("{}"), `  resources: ${full}\n`), "Guaranteed"],
  ])("%s", (_, text, name) => {
    expect(hover(text)).toContain(`**${name}**`);
  });

  it("says what is short of what", () => {
    const said = hover(
      pod(container("{ requests: { cpu: 100m, memory: 64Mi }, limits: { memory: 64Mi } }") + container(full, "proxy")),
    );
    expect(said).toContain("Not `Guaranteed`: `api` has no `cpu` limit.");
    expect(said).not.toContain("proxy");
    expect(
      hover(pod(container("{ requests: { cpu: 100m, memory: 32Mi }, limits: { cpu: 100m, memory: 64Mi } }"))),
    ).toContain("`api` requests less `memory` than its limit");
  });

  it("is told at the key of the containers and of resources as well, and nowhere else", () => {
    const text = pod(container(full)).replace("|", "");
    expect(hover(text.replace("containers", "cont|ainers"))).toContain("**Guaranteed**");
    expect(hover(text.replace("resources", "resour|ces"))).toContain("**Guaranteed**");
    expect(hover(text.replace("metadata", "meta|data"))).toBeUndefined();
  });

  it.each([
    ["an amount that a variable decides", pod(container("{ limits: { cpu: '${CPU}', memory: 64Mi } }")), undefined],
    ["an amount that is none", pod(container("{ limits: { cpu: few } }")), undefined],
    ["a template", pod(container("{{ .Values.resources }}")), "templates/pod.yaml"],
    ["a patch", pod("    - name: api\n"), "overlays/production/patch.yaml"],
    [
      "an object without pods",
      "apiVersion: v1\nkind: Serv|ice\nmetadata: { name: api }\nspec: { ports: [] }\n",
      undefined,
    ],
  ])("is not told of %s", (_, text, path) => {
    expect(hover(text, path)).toBeUndefined();
  });
});
