import { describe, expect, it } from "vitest";
import { newestKubernetes } from "../../server/src/knowledge/deprecated-apis.ts";
import { checksOf, podSecurityChecks, type PodSecurityLevel } from "../../server/src/knowledge/pod-security.ts";
import type { PodTemplate } from "../../server/src/languages/kubernetes/model.ts";
import { isOfKind, parseFile } from "../../server/src/languages/index.ts";
import { hardeningEdits, hardeningParts } from "../../server/src/rules/kubernetes/shared/hardening.ts";
import { podSecurityProblems } from "../../server/src/rules/kubernetes/shared/pod-security.ts";
import { applyEdits } from "../../server/src/text/edit.ts";

/** A pod in flow style: what of `spec` and of the one container's security context is given goes before what makes it satisfy `restricted`. */
interface Sample {
  readonly metadata?: string;
  readonly spec?: string;
  readonly pod?: string;
  readonly container?: string;
  readonly more?: string;
}

function podText({ metadata = "", spec = "", pod = "", container = "", more = "" }: Sample): string {
  return [
    `apiVersion: v1\nkind: Pod\nmetadata: {name: api${metadata}}\nspec:\n`,
    `  securityContext: {${pod}}\n`,
    `  containers: [{name: api, image: "ghcr.io/acme/api:1.4.2", securityContext: {${container}}${more}}]\n`,
    spec,
  ].join("");
}

function podOf(text: string): PodTemplate {
  const parsed = parseFile({ path: "pod.yaml", text });
  const pod =
    parsed !== undefined && isOfKind(parsed, "kubernetes") ? parsed.units[0]?.model.resources[0]?.pod : undefined;
  if (pod === undefined) throw new Error(`no pod in ${text}`);
  return pod;
}

function refused(text: string, release: string, level: PodSecurityLevel): readonly string[] {
  return [...new Set(podSecurityProblems(podOf(text), release, level).map(({ check }) => check))];
}

const profile = "seccompProfile: {type: RuntimeDefault}";
const own = "allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}";
const good = { pod: `runAsNonRoot: true, ${profile}`, container: own };
const remapped = "  hostUsers: false\n";
const windows = "  os: {name: windows}\n";

/** What is refused, by which check, and in which releases: from the first to the one before the second. */
const table: readonly (readonly [
  what: string,
  sample: Sample,
  level: PodSecurityLevel,
  check: string,
  from: string,
  until?: string,
])[] = [
  ["hostNetwork", { ...good, spec: "  hostNetwork: true\n" }, "baseline", "hostNamespaces", "1.0"],
  ["hostPID", { ...good, spec: "  hostPID: true\n" }, "baseline", "hostNamespaces", "1.0"],
  ["hostIPC", { ...good, spec: "  hostIPC: true\n" }, "restricted", "hostNamespaces", "1.0"],
  ["privileged", { ...good, container: "privileged: true" }, "baseline", "privileged", "1.0"],
  ["NET_RAW", { ...good, container: "capabilities: {add: [NET_RAW]}" }, "baseline", "capabilities_baseline", "1.0"],
  ["CAP_CHOWN", { ...good, container: "capabilities: {add: [CAP_CHOWN]}" }, "baseline", "capabilities_baseline", "1.0"],
  [
    "CHOWN, at restricted",
    { ...good, container: "allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [CHOWN]}" },
    "restricted",
    "capabilities_restricted",
    "1.22",
  ],
  [
    "ALL in small letters",
    { ...good, container: "allowPrivilegeEscalation: false, capabilities: {drop: [all]}" },
    "restricted",
    "capabilities_restricted",
    "1.22",
  ],
  [
    "capabilities of Windows",
    { ...good, container: "allowPrivilegeEscalation: false", spec: windows },
    "restricted",
    "capabilities_restricted",
    "1.22",
    "1.25",
  ],
  [
    "a hostPath",
    { ...good, spec: "  volumes: [{name: a, hostPath: {path: /a}}]\n" },
    "baseline",
    "hostPathVolumes",
    "1.0",
  ],
  [
    "a hostPath, at restricted",
    { ...good, spec: "  volumes: [{name: a, hostPath: {path: /a}}]\n" },
    "restricted",
    "restrictedVolumes",
    "1.0",
  ],
  [
    "nfs",
    { ...good, spec: "  volumes: [{name: a, nfs: {server: a, path: /a}}]\n" },
    "restricted",
    "restrictedVolumes",
    "1.0",
  ],
  ["a hostPort", { ...good, more: ", ports: [{containerPort: 1, hostPort: 1}]" }, "baseline", "hostPorts", "1.0"],
  [
    "a probe's host",
    { ...good, more: ", livenessProbe: {httpGet: {host: a, port: 1}}" },
    "baseline",
    "hostProbesAndHostLifecycle",
    "1.34",
  ],
  [
    "a hook's host",
    { ...good, more: ", lifecycle: {preStop: {tcpSocket: {host: a, port: 1}}}" },
    "restricted",
    "hostProbesAndHostLifecycle",
    "1.34",
  ],
  [
    "AppArmor off",
    { ...good, pod: `${good.pod}, appArmorProfile: {type: Unconfined}` },
    "baseline",
    "appArmorProfile",
    "1.0",
  ],
  [
    "AppArmor off by annotation",
    { ...good, metadata: ', annotations: {"container.apparmor.security.beta.kubernetes.io/api": unconfined}' },
    "baseline",
    "appArmorProfile",
    "1.0",
  ],
  ["spc_t", { ...good, pod: `${good.pod}, seLinuxOptions: {type: spc_t}` }, "baseline", "seLinuxOptions", "1.0"],
  [
    "container_engine_t",
    { ...good, pod: `${good.pod}, seLinuxOptions: {type: container_engine_t}` },
    "baseline",
    "seLinuxOptions",
    "1.0",
    "1.31",
  ],
  ["an SELinux role", { ...good, container: `${own}, seLinuxOptions: {role: a}` }, "baseline", "seLinuxOptions", "1.0"],
  ["Unmasked", { ...good, container: `${own}, procMount: Unmasked` }, "baseline", "procMount", "1.0"],
  [
    "Unmasked, remapped",
    { ...good, container: `${own}, procMount: Unmasked`, spec: remapped },
    "baseline",
    "procMount",
    "1.0",
    "1.35",
  ],
  [
    "Unmasked, remapped, at restricted",
    { ...good, container: `${own}, procMount: Unmasked`, spec: remapped },
    "restricted",
    "procMount",
    "1.0",
    "1.35",
  ],
  [
    "Unmasked, at restricted",
    { ...good, container: `${own}, procMount: Unmasked`, spec: remapped },
    "restricted",
    "procMount_restricted",
    "1.35",
  ],
  [
    "seccomp off",
    { ...good, pod: "runAsNonRoot: true, seccompProfile: {type: Unconfined}" },
    "baseline",
    "seccompProfile_baseline",
    "1.19",
  ],
  [
    "seccomp off by annotation",
    { ...good, metadata: ', annotations: {"seccomp.security.alpha.kubernetes.io/pod": unconfined}' },
    "baseline",
    "seccompProfile_baseline",
    "1.0",
    "1.19",
  ],
  ["no seccomp", { ...good, pod: "runAsNonRoot: true" }, "restricted", "seccompProfile_restricted", "1.19"],
  [
    "no seccomp on Windows",
    { ...good, pod: "runAsNonRoot: true", spec: windows },
    "restricted",
    "seccompProfile_restricted",
    "1.19",
    "1.25",
  ],
  [
    "kernel.msgmax",
    { ...good, pod: `${good.pod}, sysctls: [{name: kernel.msgmax, value: "1"}]` },
    "baseline",
    "sysctls",
    "1.0",
  ],
  ...(
    [
      ["net.ipv4.ip_local_reserved_ports", "1.27"],
      ["net.ipv4.tcp_keepalive_time", "1.29"],
      ["net.ipv4.tcp_wmem", "1.32"],
      ["net.ipv4.tcp_slow_start_after_idle", "1.37"],
    ] as const
  ).map(
    ([name, safe]) =>
      [
        name,
        { ...good, pod: `${good.pod}, sysctls: [{name: ${name}, value: "1"}]` },
        "baseline",
        "sysctls",
        "1.0",
        safe,
      ] as const,
  ),
  [
    "hostProcess",
    { ...good, pod: `${good.pod}, windowsOptions: {hostProcess: true}` },
    "baseline",
    "windowsHostProcess",
    "1.0",
  ],
  [
    "escalation",
    { ...good, container: "capabilities: {drop: [ALL]}" },
    "restricted",
    "allowPrivilegeEscalation",
    "1.8",
  ],
  [
    "escalation on Windows",
    { ...good, container: "capabilities: {drop: [ALL]}", spec: windows },
    "restricted",
    "allowPrivilegeEscalation",
    "1.8",
    "1.25",
  ],
  ["root", { ...good, pod: profile }, "restricted", "runAsNonRoot", "1.0"],
  ["root, remapped", { ...good, pod: profile, spec: remapped }, "restricted", "runAsNonRoot", "1.0", "1.35"],
  [
    "root of the pod",
    { pod: `runAsNonRoot: false, ${profile}`, container: `${own}, runAsNonRoot: true` },
    "restricted",
    "runAsNonRoot",
    "1.0",
  ],
  ["root of a container", { ...good, container: `${own}, runAsNonRoot: false` }, "restricted", "runAsNonRoot", "1.0"],
  ["user 0", { ...good, pod: `${good.pod}, runAsUser: 0` }, "restricted", "runAsUser", "1.23"],
  [
    "user 0, remapped",
    { ...good, container: `${own}, runAsUser: 0`, spec: remapped },
    "restricted",
    "runAsUser",
    "1.23",
    "1.35",
  ],
];

const releases = Array.from({ length: Number(newestKubernetes.split(".")[1]) + 1 }, (_, minor) => `1.${minor}`);

describe("the Pod Security Standards", () => {
  it.each(table.map((row) => ({ what: row[0], row })))(
    "refuse $what",
    ({ row: [, sample, level, check, from, until] }) => {
      const text = podText(sample);
      const found = releases.filter((release) => refused(text, release, level).includes(check));
      const expected = releases.slice(
        releases.indexOf(from),
        until === undefined ? undefined : releases.indexOf(until),
      );
      expect(found).toEqual(expected);
    },
  );

  it("know each check of the table, and no other", () => {
    expect(new Set(table.map(([, , , check]) => check))).toEqual(new Set(Object.keys(podSecurityChecks)));
  });

  it("refuse nothing about a pod that is restricted in every way, in any release", () => {
    for (const release of releases) expect(refused(podText(good), release, "restricted"), release).toEqual([]);
  });

  it("hold at restricted what baseline holds, but for what is replaced by a stricter check", () => {
    for (const release of releases) {
      const restricted = new Set(checksOf("restricted", release));
      const replaced = new Set([...restricted].map((check) => podSecurityChecks[check].instead));
      const missing = checksOf("baseline", release).filter((check) => !restricted.has(check) && !replaced.has(check));
      expect(missing, release).toEqual([]);
    }
  });

  it("judge nothing that is filled in elsewhere", () => {
    const unknown = podText({
      pod: "runAsNonRoot: ${A}, seccompProfile: {type: ${B}}, sysctls: [{name: ${C}}]",
      container:
        "allowPrivilegeEscalation: ${D}, privileged: ${E}, procMount: ${F}, capabilities: {add: [${G}], drop: [${H}]}",
      more: ", ports: [{containerPort: 1, hostPort: ${I}}]",
      spec: "  hostNetwork: ${J}\n  volumes: [{name: a, hostPath: ${K}}]\n",
    });
    expect(refused(unknown.replaceAll(/\$\{\w\}/g, '"$&"'), newestKubernetes, "restricted")).toEqual([]);
  });
});

describe("what hardens a pod", () => {
  const hardened = (text: string): string => {
    const parsed = parseFile({ path: "pod.yaml", text });
    const model = parsed !== undefined && isOfKind(parsed, "kubernetes") ? parsed.units[0]?.model : undefined;
    if (model === undefined) throw new Error("no manifest");
    const pod = podOf(text);
    const edits = hardeningEdits(model, pod, hardeningParts(model, pod));
    const after = edits && applyEdits(text, edits);
    if (after === undefined) throw new Error(`cannot be hardened:\n${text}`);
    return after;
  };
  const head = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: api\nspec:\n";
  const two =
    "  containers:\n    - name: api # first\n      image: ghcr.io/acme/api:1.4.2\n    - name: web\n      image: ghcr.io/acme/web:1.4.2\n";

  it.each([
    ["nothing said", head + two],
    ["in flow style", podText({})],
    ["a context of the pod behind its containers", `${head}${two}  securityContext:\n    fsGroup: 1000 # shared\n`],
    [
      "contexts that say a part of it",
      `${head}  containers:\n    - name: api\n      image: ghcr.io/acme/api:1.4.2\n      securityContext:\n        runAsUser: 1000\n        capabilities:\n          add: [NET_BIND_SERVICE]\n`,
    ],
    [
      "a context that two containers share",
      `${head}  containers:\n    - name: api\n      image: ghcr.io/acme/api:1.4.2\n      securityContext: &own\n        runAsUser: 1000 # node\n    - name: web\n      image: ghcr.io/acme/web:1.4.2\n      securityContext: *own\n`,
    ],
    [
      "volumes and mounts that are there",
      `${head}  containers:\n    - name: api\n      image: ghcr.io/acme/api:1.4.2\n      volumeMounts:\n        - name: tmp\n          mountPath: /data\n  volumes:\n    - name: tmp\n      emptyDir: {}\n`,
    ],
  ])("is enough for restricted: %s", (_what, text) => {
    const after = hardened(text);
    expect(refused(after, newestKubernetes, "restricted"), after).toEqual([]);
    for (const line of text.split("\n").filter((one) => /#|name:|image:|&own/.test(one) && !one.includes("{"))) {
      expect(after.split("\n"), "a line of the person's own").toContain(line);
    }
    const parsed = parseFile({ path: "pod.yaml", text: after });
    expect(parsed?.units.flatMap(({ model }) => model.problems)).toEqual([]);
    expect(hardenedAgain(after), "nothing is left to add").toEqual([]);
  });

  const hardenedAgain = (text: string): readonly unknown[] => {
    const parsed = parseFile({ path: "pod.yaml", text });
    const model = parsed !== undefined && isOfKind(parsed, "kubernetes") ? parsed.units[0]?.model : undefined;
    return model === undefined ? ["no manifest"] : hardeningParts(model, podOf(text));
  };

  it("gives images that are known to write somewhere a volume there, and a user of their own", () => {
    const after = hardened(`${head}  containers:\n    - name: web\n      image: nginx:1.29.3\n`);
    expect(after).toContain("mountPath: /var/cache/nginx");
    expect(after).toContain("      emptyDir: {}");
  });

  it("leaves containers alone that are privileged, and what is written", () => {
    const text = `${head}  containers:\n    - name: api\n      image: ghcr.io/acme/api:1.4.2\n      securityContext:\n        privileged: true\n        runAsNonRoot: false\n`;
    const after = hardened(text);
    expect(after).toContain("privileged: true\n        runAsNonRoot: false\n");
    expect(after).not.toContain("allowPrivilegeEscalation");
    expect(after).not.toContain("readOnlyRootFilesystem");
  });
});
