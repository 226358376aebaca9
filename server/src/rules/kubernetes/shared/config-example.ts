import { jobWith } from "./example.ts";

/** A Job that is given something by name, and what it is meant to be given, in one file. */
export function configExample(kind: "ConfigMap" | "Secret" | "PersistentVolumeClaim", name: string): string {
  switch (kind) {
    case "ConfigMap":
      return `${jobWith({ container: ["envFrom:", "  - configMapRef:", `      name: ${name}`] })}---\n${object(kind, "api-config", ["data:", "  REGION: eu-west-1"])}`;
    case "Secret":
      return `${jobWith({ container: ["volumeMounts:", "  - name: keys", "    mountPath: /keys"], podEnd: ["volumes:", "  - name: keys", "    secret:", `      secretName: ${name}`] })}---\n${sealed}`;
    default:
      return `${jobWith({ container: ["volumeMounts:", "  - name: data", "    mountPath: /data"], podEnd: ["volumes:", "  - name: data", "    persistentVolumeClaim:", `      claimName: ${name}`] })}---\n${object(kind, "api-data", ["spec:", "  accessModes:", "    - ReadWriteOnce", "  resources:", "    requests:", "      storage: 1Gi"])}`;
  }
}

function object(kind: string, name: string, rest: readonly string[]): string {
  return `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${rest.map((line) => `${line}\n`).join("")}`;
}

const sealed = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: api-secret
spec:
  secretStoreRef:
    name: vault
    kind: ClusterSecretStore
  dataFrom:
    - extract:
        key: api
`;
