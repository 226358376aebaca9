import { defineRule } from "../../engine/rule.ts";
import { isPlainLiteral, looksLikePlaceholder } from "../../knowledge/secrets.ts";
import { isUnknown, isUnknownText } from "../../languages/yaml/path.ts";
import { decodeBase64 } from "../../text/base64.ts";
import { plainSecretWhy } from "../shared/literal-secret.ts";
import { type DataEntry, dataOf, isEncrypted, isSecret } from "./shared/secret-data.ts";
import { secretsInSetting } from "./shared/setting-secrets.ts";

const head = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n";

export default defineRule("kubernetes", {
  slug: "plain-secret-manifest",
  summary: "A Secret's contents stand in the manifest; base64 hides nothing.",
  why: `${plainSecretWhy}

Have the Secret made by something that keeps its contents elsewhere or encrypted: Sealed Secrets, External Secrets, SOPS (such files are not reported), or a step of the
deployment. Contents that are placeholders, and secrets for a test cluster that opens nothing, do no harm here.`,
  category: "secrets",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["kubescape:C-0012"],
  references: ["https://kubernetes.io/docs/concepts/security/secrets-good-practices/"],
  fix: null,
  keys: ["data", "stringData"],
  examples: [
    {
      bad: `${head}data:\n  password: dGlkZS1hbmQtY3VycmVudC00Mg==\n`,
      good: `${head}stringData:\n  password: ""\n`,
      fixed: false,
    },
  ],
  *check(model) {
    for (const resource of model.resources) {
      if (!isSecret(resource) || isEncrypted(resource)) continue;
      const real = dataOf(resource).filter((one) => isReal(one));
      const [first] = real;
      if (first === undefined) continue;
      yield {
        at: first.entry.keySpan,
        message: `The manifest holds \`${first.entry.key}\`${real.length > 1 ? ` and ${real.length - 1} more` : ""} ${first.encoded ? "in base64, which hides nothing" : "in plain text"}: have this Secret made from an encrypted or outside source.`,
      };
    }
  },
});

function isReal({ entry, value, encoded }: DataEntry): boolean {
  if (isUnknown(value, "kubernetes") || harmless.test(entry.key)) return false;
  const text = (encoded ? decodeBase64(value.text) : value.text)?.trim();
  if (text === undefined || text.length < 3 || isUnknownText(text, "kubernetes")) return false;
  if (isPlainLiteral(text) || looksLikePlaceholder(text) || text.toLowerCase() === entry.key.toLowerCase())
    return false;
  // A file of settings may hold none.
  const isFile =
    text.includes("\n") ||
    /^[[{]/.test(text) ||
    /\.(?:ya?ml|json|conf|cfg|ini|toml|properties|env|xml)$/i.test(entry.key);
  return !isFile || /"auth"\s*:/.test(text) || secretsInSetting(entry.key, text).length > 0;
}

/** Keys whose contents are no secret: certificates, names, places. */
const harmless =
  /^(?:ca\.(?:crt|pem)|tls\.crt|.*\.(?:crt|pub|cer)|ca-bundle.*|namespace|.*(?:user(?:name)?|email|host(?:name)?|port|database|db[-_.]?name|endpoint|region|bucket|url|uri|name|type|enable[-\w]*|project|server|issuer|id))$/i;
