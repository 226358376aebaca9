import { describe, expect, it } from "vitest";
import { linter } from "../../server/src/linter.ts";
import { configOf, smallWorkspace } from "./small-workspace.ts";

/** A Deployment with a few faults that every tool knows. */
function deployment(parts: { above?: string; annotation?: string; ofPods?: string; beside?: string }): string {
  const annotations = (text: string | undefined, indent: string) =>
    text === undefined ? [] : [`${indent}annotations:`, `${indent}  ${text}`];
  return [
    ...(parts.above === undefined ? [] : [parts.above]),
    "apiVersion: apps/v1",
    "kind: Deployment",
    "metadata:",
    "  name: api",
    ...annotations(parts.annotation, "  "),
    "spec:",
    "  selector:",
    "    matchLabels:",
    "      app: api",
    "  template:",
    "    metadata:",
    "      labels:",
    "        app: api",
    ...annotations(parts.ofPods, "      "),
    "    spec:",
    "      hostPID: true",
    "      containers:",
    `        - name: api${parts.beside ?? ""}`,
    "          image: ghcr.io/acme/api:latest",
    "          securityContext:",
    "            privileged: true",
    "",
  ].join("\n");
}

const faults = ["host-namespace", "floating-tag", "privileged-container"];

function open(parts: Parameters<typeof deployment>[0]): readonly string[] {
  const only = ["kubernetes/host-namespace", "image/floating-tag", "kubernetes/privileged-container"];
  const text = deployment(parts);
  const config = configOf({ only }, undefined);
  const report = smallWorkspace([{ path: "api.yaml", text }], () => config, linter).check("api.yaml");
  return (report?.findings ?? []).map(({ rule }) => rule.slice(rule.indexOf("/") + 1));
}

describe("what files ask of other tools holds for our rules by those tools' names", () => {
  it("nothing is asked", () => {
    expect(open({})).toEqual(faults);
  });

  it.each<[string, Parameters<typeof deployment>[0], readonly string[]]>([
    ["KubeLinter", { annotation: 'ignore-check.kube-linter.io/host-pid: "a node agent"' }, ["host-namespace"]],
    ["KubeLinter, the tag", { annotation: 'ignore-check.kube-linter.io/latest-tag: "a demo"' }, ["floating-tag"]],
    [
      "kube-score",
      { annotation: "kube-score/ignore: container-image-tag,container-security-context-privileged" },
      ["floating-tag", "privileged-container"],
    ],
    ["kube-score, of the pods", { ofPods: "kube-score/ignore: container-image-tag" }, ["floating-tag"]],
    ["Polaris", { annotation: 'polaris.fairwinds.com/hostPIDSet-exempt: "true"' }, ["host-namespace"]],
    ["Polaris, the tag", { annotation: 'polaris.fairwinds.com/tagNotSpecified-exempt: "true"' }, ["floating-tag"]],
    ["Checkov's annotation", { annotation: "checkov.io/skip1: CKV_K8S_16=a node agent" }, ["privileged-container"]],
    ["Checkov's comment", { above: "# checkov:skip=CKV_K8S_17:a node agent" }, ["host-namespace"]],
    ["Checkov's comment beside", { beside: " # checkov:skip=CKV_K8S_14:a demo" }, ["floating-tag"]],
    ["KICS", { above: "# kics-scan ignore" }, faults],
    ["Trivy", { above: "# trivy:ignore:KSV-0017" }, ["privileged-container"]],
    ["Trivy's older spelling", { above: "# trivy:ignore:AVD-KSV-0010" }, ["host-namespace"]],
    ["Trivy's oldest spelling", { above: "#trivy:ignore:KSV013" }, ["floating-tag"]],
  ])("%s", (_, parts, gone) => {
    expect(open(parts)).toEqual(faults.filter((fault) => !gone.includes(fault)));
  });
});
