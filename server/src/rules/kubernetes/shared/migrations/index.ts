import type { Replacement } from "../../../../knowledge/deprecated-apis.ts";
import type { Resource } from "../../../../languages/kubernetes/model.ts";
import { replaceScalar } from "../../../../languages/yaml/edit.ts";
import type { YamlDocument } from "../../../../languages/yaml/node.ts";
import type { EditFix } from "../../../../engine/rule.ts";
import { joined } from "../../../shared/joined-edits.ts";
import { autoscaler } from "./autoscaling.ts";
import { certificate, issuer } from "./certificates.ts";
import { ingress } from "./ingress.ts";
import { type Migration, unchanged } from "./migration.ts";
import {
  accessReview,
  certificateRequest,
  deviceClaim,
  disruptionBudget,
  endpointSlice,
  event,
  priorityLevel,
} from "./renamed-fields.ts";
import { resourceDefinition } from "./resource-definition.ts";
import { webhooks } from "./webhooks.ts";
import { workload } from "./workloads.ts";

/** By kind: those whose body changes with the version. */
const migrations: Readonly<Record<string, Migration>> = {
  Deployment: workload,
  DaemonSet: workload,
  StatefulSet: workload,
  ReplicaSet: workload,
  Ingress: ingress,
  HorizontalPodAutoscaler: autoscaler,
  PodDisruptionBudget: disruptionBudget,
  MutatingWebhookConfiguration: webhooks,
  ValidatingWebhookConfiguration: webhooks,
  CustomResourceDefinition: resourceDefinition,
  CertificateSigningRequest: certificateRequest,
  PriorityLevelConfiguration: priorityLevel,
  ResourceClaim: deviceClaim,
  ResourceClaimTemplate: deviceClaim,
  EndpointSlice: endpointSlice,
  Event: event,
  LocalSubjectAccessReview: accessReview,
  SubjectAccessReview: accessReview,
  Certificate: certificate,
  Issuer: issuer,
  ClusterIssuer: issuer,
};

/** Brings an object up to what takes the place of its version; no fix where that is not known to come out right. */
export function migrationOf(document: YamlDocument, resource: Resource, api: Replacement): readonly EditFix[] {
  const { apiVersionEntry } = resource;
  const { replacement, bodyChanges, kind } = api;
  const node = apiVersionEntry.value;
  if (replacement === undefined || node.type !== "scalar" || apiVersionEntry.merged !== undefined) return [];
  const migrated = bodyChanges === "none" ? unchanged : migrations[kind]?.(document, resource);
  const version = replaceScalar(document, node, replacement);
  const edits = migrated === undefined ? undefined : joined(document.text, [version, ...migrated.changes]);
  if (migrated === undefined || edits === undefined) return [];
  const { caution } = migrated;
  const title = `Change to \`${replacement}\`${edits.length > 1 ? " and bring the body up to it" : ""}`;
  return caution === undefined
    ? [{ title, safety: "safe", edits }]
    : [{ title: `${title} (${caution})`, safety: "review", edits }];
}
