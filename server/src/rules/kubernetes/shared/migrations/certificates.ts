import { renameKey, replaceScalar } from "../../../../languages/yaml/edit.ts";
import type { YamlMap } from "../../../../languages/yaml/node.ts";
import { asMap, getPath, isUnknown, itemsOf } from "../../../../languages/yaml/path.ts";
import type { Migration } from "./migration.ts";
import { rearrange } from "./rearrange.ts";

/** Before it, the project had another group, whose objects are another matter. */
const group = "cert-manager.io/";

/** Old names of a Certificate's fields; one that is not there is passed over. */
const moves = [
  { from: "organization", to: ["subject", "organizations"] },
  { from: "keyAlgorithm", to: ["privateKey", "algorithm"] },
  { from: "keyEncoding", to: ["privateKey", "encoding"] },
  { from: "keySize", to: ["privateKey", "size"] },
  { from: "uriSANs", to: ["uris"] },
  { from: "emailSANs", to: ["emailAddresses"] },
] as const;

/** Values that are written in capitals now. */
const capitals = /^(?:rsa|ecdsa|pkcs1|pkcs8)$/;

/**
 * A Certificate of cert-manager's `v1alpha2`, `v1alpha3` or `v1beta1` to `v1`.
 * Source: https://github.com/cert-manager/cert-manager/tree/release-1.5/pkg/internal/apis/certmanager
 */
export const certificate: Migration = (document, { map, apiVersion }) => {
  const spec = asMap(getPath(map, "spec"));
  if (spec === undefined || !apiVersion.startsWith(group)) return undefined;
  const within = ["keyAlgorithm", "keyEncoding"].map((key) => capitalised(spec, key));
  const changed = within.map((scalar) =>
    scalar === undefined ? [] : replaceScalar(document, scalar, scalar.text.toUpperCase()),
  );
  if (changed.includes(undefined)) return undefined;
  return { changes: [rearrange(document, spec, { moves, within: changed.flatMap((edits) => edits ?? []) })] };
};

function capitalised(spec: YamlMap, key: string) {
  const node = spec.get(key)?.value;
  return node?.type === "scalar" && !isUnknown(node, "kubernetes") && capitals.test(node.text) ? node : undefined;
}

/** Providers of DNS challenges whose names are spelt otherwise now. */
const providers: Readonly<Record<string, string>> = { clouddns: "cloudDNS", azuredns: "azureDNS", acmedns: "acmeDNS" };

/** An Issuer or ClusterIssuer of the same versions to `v1`. */
export const issuer: Migration = (document, { map, apiVersion }) => {
  if (!apiVersion.startsWith(group)) return undefined;
  const acme = getPath(map, "spec", "acme");
  // From before solvers: what they say has to be told apart by domain.
  if (getPath(acme, "http01") !== undefined || getPath(acme, "dns01") !== undefined) return undefined;
  const challenges = itemsOf(getPath(acme, "solvers")).flatMap((solver) => asMap(getPath(solver, "dns01")) ?? []);
  if (challenges.some(({ alias }) => alias !== undefined)) return undefined;
  return {
    changes: challenges.flatMap((challenge) =>
      Object.entries(providers).map(([former, name]) => {
        const entry = challenge.get(former);
        return entry === undefined ? [] : renameKey(document, entry, name);
      }),
    ),
  };
};
