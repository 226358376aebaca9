import { assert, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import {
  credentialsInUrl,
  isPlainLiteral,
  knownToken,
  looksLikePlaceholder,
  looksLikeSecretName,
} from "../../server/src/knowledge/secrets.ts";

function list(text: string): string[] {
  return text.trim().split(/\s+/);
}

describe("names of secrets", () => {
  test.each(
    list(`
    PASSWORD DB_PASSWORD db_password dbPassword DbPassword POSTGRES_PASSWORD MYSQL_ROOT_PASSWORD PGPASSWORD REDIS_PASSWORD ADMIN_PASSWORD_PROD
    PASSWORD_1 PASSWORD2 SMTP_PASS DB_PASS RABBITMQ_DEFAULT_PASS MYSQL_PWD SSHPASS PASSPHRASE KEY_PASSPHRASE HTPASSWD PASSWD ROOT_PASSWD
    SECRET CLIENT_SECRET clientSecret OAUTH_CLIENT_SECRET JWT_SECRET SESSION_SECRET SECRET_KEY SECRET_KEY_BASE DJANGO_SECRET_KEY APP_SECRETS
    TOKEN API_TOKEN apiToken GITHUB_TOKEN NPM_TOKEN AUTH_TOKEN ACCESS_TOKEN REFRESH_TOKEN BOT_TOKEN SLACK_TOKEN VAULT_TOKEN ACCESS_TOKENS
    API_KEY apiKey APIKEY MYAPIKEY X_API_KEY STRIPE_API_KEY OPENAI_API_KEY AWS_SECRET_ACCESS_KEY PRIVATE_KEY SSH_PRIVATE_KEY ENCRYPTION_KEY SIGNING_KEY
    MASTER_KEY RAILS_MASTER_KEY APP_KEY LICENSE_KEY HMAC_KEY CREDENTIALS DB_CREDENTIALS SERVICE_ACCOUNT_CREDS NEO4J_AUTH REDISCLI_AUTH
    DOCKER_AUTH_CONFIG TLS_KEY_BASE64 API_KEY_TEST spring.datasource.password db-password GF_SECURITY_ADMIN_PASSWORD
  `),
  )("%s holds one", (name) => {
    expect(looksLikeSecretName(name)).toBe(true);
  });

  test.each(
    list(`
    POSTGRES_PASSWORD_FILE SECRET_FILE PRIVATE_KEY_PATH TOKEN_DIR SECRET_NAME KEY_NAME KEY_ID AWS_ACCESS_KEY_ID TOKEN_URL AUTH_URL TOKEN_ENDPOINT
    PUBLIC_KEY JWT_PUBLIC_KEY NEXT_PUBLIC_API_KEY STRIPE_PUBLISHABLE_KEY TOKEN_TTL TOKEN_EXPIRY ACCESS_TOKEN_EXPIRES_IN TOKEN_LENGTH
    PASSWORD_MIN_LENGTH PASSWORD_POLICY_MIN_CHARACTERS USER_PASSWORD_REQUIREMENTS PASSWORD_POLICY PASSWORD_HASHER PASSWORD_RESET_TIMEOUT MYSQL_ALLOW_EMPTY_PASSWORD MYSQL_RANDOM_ROOT_PASSWORD
    ENABLE_PASSWORD_LOGIN DISABLE_AUTH_TOKEN REQUIRE_PASSWORD SHOW_PASSWORD RESET_PASSWORD POSTGRES_HOST_AUTH_METHOD AUTH_TYPE AUTH
    MAX_TOKENS NUM_TOKENS EOS_TOKEN PAD_TOKEN TOKENIZERS_PARALLELISM CACHE_KEY SORT_KEY PARTITION_KEY ROUTING_KEY PRIMARY_KEY KEY KEYBOARD
    KEYCLOAK_URL PWD OLDPWD HOST_PWD BYPASS PROXY_PASS PASSENGER_PORT COMPASS SECRETARY SECRET_MANAGER GOOGLE_APPLICATION_CREDENTIALS
    CORS_ALLOW_CREDENTIALS SSH_AUTH_SOCK GPG_KEY GPG_KEYS MONKEY NODE_ENV DATABASE_URL AUTHOR imagePullSecrets SE_VNC_NO_PASSWORD
    SECRET_ROTATION_INTERVAL TOKEN_ISSUER JWT_ALGORITHM API_KEY_HEADER KEYSTORE_TYPE TOKEN_AUDIENCE LOG_TOKENS
  `),
  )("%s holds none", (name) => {
    expect(looksLikeSecretName(name)).toBe(false);
  });
});

describe("values", () => {
  test.each([
    "",
    " ",
    "changeme",
    "ChangeMe",
    "change-me",
    "CHANGE_ME_NOW",
    "change_this",
    "replace-me",
    "<password>",
    "<your token>",
    "your-api-key",
    "your_password_here",
    "xxx",
    "XXXXXXXX",
    "***",
    "...",
    "example",
    "placeholder",
    "TODO",
    "none",
    "null",
    "redacted",
    "[password]",
    "{{ password }}",
    "%PASSWORD%",
    "__PASSWORD__",
    "insert-token-here",
    "dummy-secret",
    "put-it-here",
  ])("%j is still to be written", (value) => {
    expect(looksLikePlaceholder(value)).toBe(true);
  });

  test.each([
    "hunter2",
    "postgres",
    "password",
    "s3cr3t!",
    "correct horse battery staple",
    "admin",
    '{"a":1}',
    "MyDbPass",
    "exampled",
    "x1x2x3",
  ])("%j is a value", (value) => {
    expect(looksLikePlaceholder(value)).toBe(false);
  });

  test.each([
    "true",
    "False",
    "yes",
    "off",
    "0",
    "3600",
    "-1",
    "1.5",
    "30s",
    "1h30m",
    "500ms",
    "15 min",
    "512Mi",
    "10k",
    "90%",
    "8000-9000",
    "7d",
  ])("%s is a plain literal", (value) => {
    expect(isPlainLiteral(value)).toBe(true);
  });

  test.each(["hunter2", "a1", "12ab", "0xdeadbeef", "1234567890123456", "", "true-ish", "1h!"])(
    "%j is not",
    (value) => {
      expect(isPlainLiteral(value)).toBe(false);
    },
  );
});

describe("credentials in URLs", () => {
  test.each([
    ["postgres://app:hunter2@db:5432/app", "app:hunter2"],
    ["https://user:pa%24s@example.org/x.git", "user:pa%24s"],
    ["redis://:hunter2@cache:6379", ":hunter2"],
    ["mongodb+srv://u:p@cluster.example.net", "u:p"],
    ["curl https://a:b@host/", "a:b"],
    ["x=http://plain.example/ y=amqp://guest:guest@mq", "guest:guest"],
  ])("%s", (value, expected) => {
    const at = credentialsInUrl(value);
    expect(at === undefined ? undefined : value.slice(at.start, at.end)).toBe(expected);
  });

  test.each([
    "https://example.org/",
    "https://user@example.org/",
    "https://user:@example.org/",
    "postgres://app:${DB_PASSWORD}@db/app",
    "postgres://app:$DB_PASSWORD@db/app",
    "postgres://user:<password>@db/app",
    "postgres://user:changeme@db/app",
    "https://example.org:8080/@scope/name",
    "git@github.com:a/b.git",
    "http://{{ user }}:{{ password }}@host",
    "https://user:****@host/",
  ])("none in %s", (value) => {
    expect(credentialsInUrl(value)).toBeUndefined();
  });
});

/** Keeps the pieces of a made-up token apart in this file, so that no scanner takes it for a leak. */
function join(piece: string): string {
  return piece;
}

describe("tokens of a known form", () => {
  const letters = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0eR".repeat(4);
  const samples: readonly (readonly [string, string])[] = [
    ["an AWS access key", `AK${join("IA")}${letters.toUpperCase().slice(0, 16)}`],
    ["a GitHub token", `gh${join("p_")}${letters.slice(0, 36)}`],
    ["a GitHub token", `github${join("_pat_")}${letters.slice(0, 60)}`],
    ["a GitLab token", `gl${join("pat-")}${letters.slice(0, 20)}`],
    ["a Slack token", `xox${join("b-")}${letters.slice(0, 24)}`],
    ["a Stripe key", `sk${join("_live_")}${letters.slice(0, 24)}`],
    ["an npm token", `npm${join("_")}${letters.slice(0, 36)}`],
    ["a Docker Hub token", `dckr${join("_pat_")}${letters.slice(0, 27)}`],
    ["a Google API key", `AI${join("za")}${letters.slice(0, 35)}`],
    ["a private key", `-----BEGIN RSA ${join("PRIVATE KEY")}-----`],
    ["a private key", `-----BEGIN ${join("PRIVATE KEY")}-----`],
    [
      "a JSON web token",
      `ey${join("J")}${letters.slice(0, 20)}.ey${join("J")}${letters.slice(0, 30)}.${letters.slice(0, 43)}`,
    ],
  ];

  test.each(samples)("%s", (what, token) => {
    const found = knownToken(`value=${token} rest`);
    expect(found?.what).toBe(what);
    expect(found === undefined ? "" : `value=${token} rest`.slice(found.at.start, found.at.end)).toBe(token);
  });

  test.each([
    `AK${join("IA")}IOSFODNN7EXAMPLE`,
    "hello",
    `gh${join("p_")}${"x".repeat(36)}`,
    `gh${join("p_")}short`,
    `-----BEGIN ${join("PUBLIC KEY")}-----`,
    "sk-learn",
    "npm_config_cache",
  ])("none in %s", (value) => {
    expect(knownToken(value)).toBeUndefined();
  });
});

test("any text is answered, and places lie within it", () => {
  assert(
    property(string({ unit: "binary", maxLength: 200 }), (text) => {
      looksLikeSecretName(text);
      looksLikePlaceholder(text);
      isPlainLiteral(text);
      for (const at of [credentialsInUrl(text), knownToken(text)?.at]) {
        if (at !== undefined) expect(0 <= at.start && at.start < at.end && at.end <= text.length).toBe(true);
      }
    }),
  );
});
