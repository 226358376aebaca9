import { nameOf } from "../text/path.ts";

/** A file that by its name holds a secret. */
export interface SecretFile {
  /** For a message: "a private key". */
  readonly what: string;
  /**
   * `always`: it is one wherever it lies. `often`: the program it belongs to keeps secrets in it, and other settings too, so that this one may
   * hold none.
   */
  readonly holds: "always" | "often";
  /** The programs that read it while an image is built, by their names; `undefined` where it is for running programs, or anybody. */
  readonly readers?: readonly string[];
}

const node = ["npm", "npx", "yarn", "pnpm", "bun"];
const python = ["pip", "pip3", "python", "python3", "uv", "poetry", "pdm", "twine"];
const transfer = [
  "git",
  "curl",
  "wget",
  "go",
  "pip",
  "pip3",
  "uv",
  "composer",
  "cargo",
  "npm",
  "yarn",
  "pnpm",
  "bundle",
];
const keys = ["git", "ssh", "scp", "rsync", "go", "npm", "yarn", "pnpm", "pip", "pip3", "cargo", "composer", "bundle"];

/**
 * What secret a file of this path holds, as far as its name tells; `undefined` for public keys, certificates, examples and everything else.
 * A folder of such files counts where its path ends with a slash or is nothing but the folder.
 */
export function secretFile(path: string): SecretFile | undefined {
  const normal = path.replace(/\/+$/, "");
  const name = nameOf(normal).toLowerCase();
  if (/\.(?:pub|example|sample|template|tmpl|tpl|dist|j2|md|txt|enc|gpg|asc|age|sops|crt|cer|erb)$/.test(name))
    return undefined;
  if (/(?:^|[._-])(?:example|sample|template|dummy|public|pub|test|mock|fake)(?:[._-]|$)/.test(name)) return undefined;
  if (/^id_(?:rsa|dsa|ecdsa|ed25519)(?:[._-][\w-]+)?$/.test(name)) {
    return { what: "a private SSH key", holds: "always", readers: keys };
  }
  if (/(?:^|\/)\.ssh$/.test(normal)) return { what: "private SSH keys", holds: "always", readers: keys };
  if (isPrivateKey(name)) return { what: "a private key", holds: "always" };
  for (const [pattern, file] of byPath) if (pattern.test(normal.toLowerCase())) return file;
  return undefined;
}

/** Variables that point at a file with credentials: what is copied to where they say is one. */
export const credentialFileVariables: ReadonlySet<string> = new Set([
  "AWS_SHARED_CREDENTIALS_FILE",
  "AWS_CONFIG_FILE",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "GOOGLE_APPLICATION_CREDENTIALS",
  "KUBECONFIG",
  "NETRC",
]);

function isPrivateKey(name: string): boolean {
  if (/\.(?:p12|pfx|ppk|keytab|kdbx|jceks)$/.test(name)) return !/trust|cacerts/.test(name);
  // `.key` is also a file of Apple's slides; `.gpg.key` and `apt.key` are public ones.
  if (name.endsWith(".key")) {
    return !/(?:^|[._-])(?:gpg|pgp|apt|rpm|repo|repository|release|archive|keyring|signing)[._-]?(?:key)?\.key$|^(?:docker|nodesource|postgres\w*)\.key$/.test(
      name,
    );
  }
  return (
    name.endsWith(".pem") && /(?:^|[._-])(?:key|priv|private|privkey|privatekey|secret)(?:[._-]|$)|key\.pem$/.test(name)
  );
}

/** By the end of the path, in lower case. */
const byPath: readonly (readonly [RegExp, SecretFile])[] = [
  [
    /(?:^|\/)\.aws(?:\/credentials)?$/,
    { what: "AWS credentials", holds: "always", readers: ["aws", "sam", "terraform"] },
  ],
  [/(?:^|\/)\.azure$/, { what: "Azure credentials", holds: "always", readers: ["az"] }],
  [/(?:^|\/)\.config\/gcloud$/, { what: "Google Cloud credentials", holds: "always", readers: ["gcloud", "gsutil"] }],
  [/(?:^|\/)application_default_credentials\.json$/, { what: "Google Cloud credentials", holds: "always" }],
  [
    /(?:^|\/)(?:gcp|gcloud|google|firebase)?[\w-]*(?:service[_-]?account|client[_-]secrets?|adminsdk)[\w-]*\.json$/,
    { what: "credentials", holds: "always" },
  ],
  [
    /(?:^|\/)(?:gcp|gcloud|google|aws)?[_-]?(?:credentials?|creds)\.(?:json|ya?ml|ini|csv)$/,
    { what: "credentials", holds: "always" },
  ],
  [
    /(?:^|\/)(?:kubeconfig(?:\.ya?ml)?|[\w-]+\.kubeconfig|\.kube(?:\/config)?)$/,
    { what: "the credentials of a cluster", holds: "always", readers: ["kubectl", "helm"] },
  ],
  [
    /(?:^|\/)(?:\.docker\/config\.json|\.dockercfg|\.dockerconfigjson)$/,
    { what: "the credentials of a registry", holds: "always", readers: ["docker", "skopeo", "crane"] },
  ],
  [
    /(?:^|\/)(?:\.git-credentials|\.netrc|_netrc)$/,
    { what: "passwords of servers", holds: "always", readers: transfer },
  ],
  [/(?:^|\/)\.pypirc$/, { what: "the token of a package index", holds: "always", readers: python }],
  [/(?:^|\/)\.vault-token$/, { what: "a Vault token", holds: "always" }],
  [/(?:^|\/)(?:\.pgpass|\.my\.cnf|\.mylogin\.cnf)$/, { what: "a database's password", holds: "always" }],
  [/(?:^|\/)(?:\.s3cfg|\.boto|rclone\.conf)$/, { what: "credentials", holds: "always" }],
  [/(?:^|\/)\.htpasswd$/, { what: "hashed passwords", holds: "often" }],
  [
    /(?:^|\/)(?:terraform\.tfstate|[\w-]+\.tfstate|[\w.-]+\.tfvars|\.terraformrc)$/,
    { what: "Terraform's secrets", holds: "often" },
  ],
  [
    /(?:^|\/)\.env(?:\.(?:local|prod|production|staging|live))*(?:\.local)?$/,
    { what: "an environment's secrets", holds: "always" },
  ],
  [/(?:^|\/)(?:secrets?|passwords?)\.(?:json|ya?ml|toml|ini|env|properties)$/, { what: "secrets", holds: "always" }],
  [/(?:^|\/)\.npmrc$/, { what: "npm's tokens", holds: "often", readers: node }],
  [/(?:^|\/)auth\.json$/, { what: "Composer's tokens", holds: "often", readers: ["composer"] }],
  [/(?:^|\/)pip\.conf$/, { what: "the password of a package index", holds: "often", readers: python }],
];
