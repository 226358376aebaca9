import { describe, expect, it } from "vitest";
import { resolveConfig } from "../../server/src/engine/config.ts";
import { parseFile } from "../../server/src/languages/index.ts";
import { linter, type Report } from "../../server/src/linter.ts";
import { createWorkspace, factsOf, type Workspace } from "../../server/src/workspace/index.ts";

/** Objects that speak of one another by name, by label and by port. */
function application(name: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
spec:
  replicas: 2
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      serviceAccountName: ${name}
      containers:
        - name: app
          image: ghcr.io/acme/${name}:1.0.0
          ports:
            - name: http
              containerPort: 8080
          env:
            - name: REGION
              valueFrom:
                configMapKeyRef:
                  name: ${name}
                  key: region
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: shop
spec:
  selector:
    app: ${name}
  ports:
    - port: 80
      targetPort: http
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: shop
data:
  region: eu-west-1
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
  namespace: shop
automountServiceAccountToken: false
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: ${name}
  namespace: shop
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app: ${name}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: ${name}
  namespace: shop
spec:
  minReplicas: 2
  maxReplicas: 4
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: ${name}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: shop
spec:
  podSelector:
    matchLabels:
      app: ${name}
  policyTypes: [Ingress]
  ingress: []
`;
}

/** The same numbers each time, between 0 and 1. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

/** What leaves open which objects there are: an object nobody finished, one that an operator makes others of, one of a template. */
const opening: readonly string[] = [
  "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\nspec:\n  replicas: 3\n",
  "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: nobody\nspec:\n  replicas: 3\n",
  "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata:\n  name: api\n",
  "apiVersion: shop.example.com/v1\nkind: Shop\nmetadata:\n  name: api\n",
  "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .name }}\n",
];

/** Types at the end of a line, takes a line out, puts one twice, or writes one more document. */
function edited(text: string, random: () => number): string {
  const more = opening[Math.floor(random() * opening.length * 8)];
  if (more !== undefined) return `${text}---\n${more}`;
  const lines = text.split("\n");
  const at = Math.floor(random() * (lines.length - 1));
  const line = lines[at] ?? "";
  const how = random();
  if (how < 0.6) lines[at] = `${line}x`;
  else if (how < 0.75) lines[at] = line.slice(0, -1);
  else if (how < 0.9) lines.splice(at, 1);
  else lines.splice(at, 0, line);
  return lines.join("\n");
}

const path = "shop/all.yaml";
const other = "shop/more.yaml";
const config = resolveConfig(path, { settings: { preset: "all" } }, linter.rules);

function check(workspace: Workspace, text: string, previous?: Report): Report | undefined {
  const file = { path, text };
  const parsed = parseFile(file, {}, previous?.parsed);
  if (parsed === undefined) return undefined;
  workspace.set(factsOf(parsed));
  return linter.check({
    file,
    parsed,
    config,
    workspace: workspace.view(path),
    ...(previous === undefined ? {} : { previous }),
  });
}

function tell(workspace: Workspace, text: string): void {
  const parsed = parseFile({ path: other, text });
  if (parsed === undefined) workspace.remove(other);
  else workspace.set(factsOf(parsed));
}

function said(report: Report | undefined): readonly string[] {
  return (report?.findings ?? []).map(
    ({ rule, at, severity, message, related }) =>
      `${at.start}-${at.end} ${rule} ${severity}: ${message} ${JSON.stringify(related)}`,
  );
}

describe("findings that are kept from one check to the next", () => {
  it.each([1, 2, 3])(
    "are those of a fresh check, whatever is typed in this file and the one beside it (%i)",
    (seed) => {
      const random = numbers(seed);
      const whole = ["api", "web", "worker"].map(application).join("---\n");
      const kept = createWorkspace();
      let text = whole;
      let beside = application("cache");
      tell(kept, beside);
      let previous = check(kept, text);
      for (let turn = 0; turn < 60; turn++) {
        // Sooner or later everything is broken, and nothing is learnt from that.
        if (turn % 12 === 11) [text, beside] = [whole, application("cache")];
        else if (random() < 0.25) beside = edited(beside, random);
        else text = edited(text, random);
        tell(kept, beside);
        previous = check(kept, text, previous);
        const fresh = createWorkspace();
        tell(fresh, beside);
        expect(said(previous), `turn ${turn}\n${text}`).toEqual(said(check(fresh, text)));
      }
    },
  );
});
