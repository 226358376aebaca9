import { expect, test } from "vitest";
import {
  atLeast,
  deprecatedApi,
  deprecatedApis,
  newestKubernetes,
  removedBy,
  retiredApi,
  retiredApis,
} from "../../server/src/knowledge/deprecated-apis.ts";

test.each([
  ["extensions/v1beta1", "Deployment", "1.16", "apps/v1"],
  ["apps/v1beta2", "StatefulSet", "1.16", "apps/v1"],
  ["extensions/v1beta1", "Ingress", "1.22", "networking.k8s.io/v1"],
  ["networking.k8s.io/v1beta1", "IngressClass", "1.22", "networking.k8s.io/v1"],
  ["batch/v1beta1", "CronJob", "1.25", "batch/v1"],
  ["batch/v1beta1", "CronJobList", "1.25", "batch/v1"],
  ["policy/v1beta1", "PodDisruptionBudget", "1.25", "policy/v1"],
  ["autoscaling/v2beta2", "HorizontalPodAutoscaler", "1.26", "autoscaling/v2"],
  ["storage.k8s.io/v1beta1", "CSIStorageCapacity", "1.27", "storage.k8s.io/v1"],
  ["flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema", "1.32", "flowcontrol.apiserver.k8s.io/v1"],
  ["rbac.authorization.k8s.io/v1beta1", "RoleBinding", "1.22", "rbac.authorization.k8s.io/v1"],
])("%s %s is gone since %s", (apiVersion, kind, removedIn, replacement) => {
  expect(deprecatedApi(apiVersion, kind)).toMatchObject({ removedIn, replacement });
});

test("kinds without a successor say so", () => {
  const api = deprecatedApi("policy/v1beta1", "PodSecurityPolicy");
  expect(api?.removedIn).toBe("1.25");
  expect(api?.replacement).toBeUndefined();
});

test.each([
  ["apps/v1", "Deployment"],
  ["batch/v1", "CronJob"],
  ["networking.k8s.io/v1", "Ingress"],
  ["example.org/v1beta1", "Ingress"],
  ["apps/v1beta1", "Widget"],
  ["", ""],
])("%s %s is current or unknown", (apiVersion, kind) => {
  expect(deprecatedApi(apiVersion, kind)).toBeUndefined();
});

test("where changing the version is all, it says so", () => {
  expect(deprecatedApi("batch/v1beta1", "CronJob")?.bodyChanges).toBe("none");
  expect(deprecatedApi("networking.k8s.io/v1beta1", "Ingress")?.bodyChanges).not.toBe("none");
});

test("every entry is deprecated before it is removed, in releases that exist", () => {
  for (const api of deprecatedApis) {
    expect(atLeast(newestKubernetes, api.deprecatedIn)).toBe(true);
    if (api.removedIn !== undefined) expect(atLeast(api.removedIn, api.deprecatedIn)).toBe(true);
    expect(api.replacement === undefined ? api.bodyChanges !== "none" : api.availableIn !== undefined).toBe(true);
  }
  expect(new Set(deprecatedApis.map((api) => `${api.apiVersion} ${api.kind}`)).size).toBe(deprecatedApis.length);
});

test("releases are compared by number", () => {
  expect(atLeast("1.9", "1.16")).toBe(false);
  expect(atLeast("v1.25.3", "1.25")).toBe(true);
  expect(atLeast("1.25+", "1.25")).toBe(true);
  expect(atLeast("2.0", "1.37")).toBe(true);
  expect(atLeast("latest", "1.0")).toBe(false);
  const cron = deprecatedApi("batch/v1beta1", "CronJob");
  expect(cron !== undefined && removedBy(cron, "1.24")).toBe(false);
  expect(cron !== undefined && removedBy(cron, "1.25.0")).toBe(true);
});

test("custom resources that their own projects have retired", () => {
  expect(retiredApi("cert-manager.io/v1alpha2", "Certificate")).toMatchObject({
    goneSince: "cert-manager 1.6",
    replacement: "cert-manager.io/v1",
  });
  expect(retiredApi("cert-manager.io/v1", "Certificate")).toBeUndefined();
  for (const api of retiredApis) {
    expect(deprecatedApi(api.apiVersion, api.kind)).toBeUndefined();
    expect(retiredApi(api.replacement ?? "", api.kind)).toBeUndefined();
    if (api.replacement === undefined) expect(api.bodyChanges).not.toBe("none");
  }
});
