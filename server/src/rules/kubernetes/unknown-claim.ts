import { configExample } from "./shared/config-example.ts";
import { missingConfig } from "./shared/missing-config.ts";

export default missingConfig({
  slug: "unknown-claim",
  kind: "PersistentVolumeClaim",
  summary: "A pod mounts a PersistentVolumeClaim that is not among the manifests it is applied with.",
  why: `A pod whose claim does not exist cannot be scheduled and stays \`Pending\` for ever. Kubernetes accepts the manifest all the same.

The rule speaks where other claims lie beside the workload and none has the name. Those that a StatefulSet makes of its templates
(\`<template>-<name>-<number>\`) count.`,
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/storage/persistent-volumes/#claims-as-volumes"],
  keys: ["persistentVolumeClaim"],
  consequence: "the pod is never scheduled",
  given: ({ name }, manifests) =>
    manifests
      .everywhere("StatefulSet")
      .some(
        (set) => set.workload?.claimTemplates.some((template) => name.startsWith(`${template}-${set.name}-`)) === true,
      ),
  examples: [
    {
      bad: configExample("PersistentVolumeClaim", "api-dta"),
      good: configExample("PersistentVolumeClaim", "api-data"),
    },
  ],
});
