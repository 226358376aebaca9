import { assert, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { baseImageOf } from "../../server/src/knowledge/base-images/index.ts";
import { type ImageDescription, parseImageReference } from "../../server/src/languages/image/index.ts";
import { autolink, code } from "../../server/src/reference/hostile-text.ts";
import { imageHover } from "../../server/src/reference/image-hover.ts";
import type { RegistryImage } from "../../server/src/workspace/index.ts";

const digestA = `sha256:${"a".repeat(64)}`;
const digestB = `sha256:${"b".repeat(64)}`;

const plain: ImageDescription = {
  digest: digestA,
  shape: "index",
  platforms: ["linux/amd64", "linux/arm64"],
  platform: "linux/amd64",
  size: 57_243_118,
  exposedPorts: [],
  volumes: [],
  labels: {},
};

function hover(name: string, known?: RegistryImage): readonly string[] {
  const reference = parseImageReference(name);
  if (reference === undefined) throw new Error(`${name} is no image`);
  return imageHover(reference, known, baseImageOf(reference))
    .split("\n")
    .filter((line) => line !== "");
}

describe("without a registry's word", () => {
  it.each([
    ["postgres", "**`docker.io/library/postgres`**, no tag, so `latest`: it moves from release to release"],
    ["ghcr.io/acme/api:1.4.2", "**`ghcr.io/acme/api`**, tag `1.4.2`: it names a release, and may be rebuilt"],
    ["acme/api:blue", "**`docker.io/acme/api`**, tag `blue`: what it promises only its publisher knows"],
    [`acme/api:1@${digestA}`, "**`docker.io/acme/api`**, pinned by its digest; tag `1` is for people to read"],
    [`acme/api@${digestA}`, "**`docker.io/acme/api`**, pinned by its digest; no tag says which version it is"],
  ])("%s is named in full, with what its tag promises", (name, line) => {
    expect(hover(name)[0]).toBe(line);
  });

  it.each([
    ["node:22-alpine3.22", /^By its name: Alpine 3\.22 · runs as `root` · \S.* gets fixes until \d{4}-\d\d-\d\d$/],
    ["postgres:17.5-bookworm", /^By its name: Debian bookworm · starts as root and gives it up · /],
    ["node:16-alpine", /^By its name: Alpine · runs as `root` · Node\.js 16 has had no fixes since 2023-09-11$/],
  ])("%s says what the table knows, and that the name is all it goes by", (name, line) => {
    expect(hover(name).slice(1)).toEqual([expect.stringMatching(line)]);
  });

  it("an image that the table does not know is named and no more", () => {
    expect(hover("ghcr.io/acme/api:1.4.2")).toHaveLength(1);
  });
});

describe("with a registry's word", () => {
  it("says what the image says of itself", () => {
    const description: ImageDescription = {
      ...plain,
      created: "2026-10-02T08:11:12.5Z",
      user: "1000:1000",
      exposedPorts: ["8080/tcp", "9090/udp"],
      entrypoint: ["/sbin/tini", "--"],
      command: ["api", "--name", "a b"],
      healthcheck: ["CMD-SHELL", "curl -f http://localhost/ || exit 1"],
      stopSignal: "SIGQUIT",
      workingDirectory: "/app",
      volumes: ["/data"],
      labels: {
        "org.opencontainers.image.version": "1.4.2",
        "org.opencontainers.image.revision": "4f1e2d",
        "org.opencontainers.image.source": "https://github.com/acme/api",
      },
    };
    expect(hover("ghcr.io/acme/api:1.4.2", { current: plain, description }).slice(1)).toEqual([
      `- **Digest** \`${digestA}\``,
      "- **Platforms** `linux/amd64`, `linux/arm64`",
      "- **Size** 57.2 MB to pull for `linux/amd64` · **Created** 2026-10-02",
      "- **User** `1000:1000` · **Ports** `8080/tcp`, `9090/udp`",
      "- **Entrypoint** `/sbin/tini --`",
      '- **Command** `api --name "a b"`',
      "- **Health check** `curl -f http://localhost/ || exit 1`",
      "- **Stop signal** `SIGQUIT` · **Working directory** `/app` · **Volumes** `/data`",
      "- **Label version** `1.4.2` · **Label revision** `4f1e2d`",
      "- **Label source** <https://github.com/acme/api>",
    ]);
  });

  it("says what is not set, and nothing of what is not known", () => {
    expect(hover("ghcr.io/acme/api:1.4.2", { description: { ...plain, shape: "manifest" } }).slice(1)).toEqual([
      `- **Digest** \`${digestA}\``,
      "- **Platform** `linux/amd64` alone",
      "- **Size** 57.2 MB to pull",
      "- **User** `root`, as it names none",
      "- **Health check** none",
    ]);
    expect(hover("ghcr.io/acme/api:1.4.2", { current: plain }).slice(1)).toEqual([
      `- **Digest** \`${digestA}\`, of several platforms`,
    ]);
    expect(hover("ghcr.io/acme/api:1.4.2", { current: { ...plain, shape: "manifest" } }).slice(1)).toEqual([
      `- **Digest** \`${digestA}\`, of one platform alone`,
    ]);
  });

  it("leaves the user to the registry where the table has another", () => {
    const lines = hover("node:22-alpine3.22", { description: { ...plain, user: "node" } });
    expect(lines.filter((line) => /root|`node`/.test(line))).toEqual(["- **User** `node`"]);
  });

  it.each(["1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "1980-01-01T00:00:01Z"])(
    "%s is no date to go by",
    (created) => {
      expect(hover("a/b:1", { description: { ...plain, created } }).join("\n")).toContain(
        `**Created** no date is told (${created.slice(0, 10)} was set so that builds are alike)`,
      );
    },
  );

  it.each(["yesterday", "", "2026-10-02", "[x](command:y)T"])("what is no date is not shown: %s", (created) => {
    expect(hover("a/b:1", { description: { ...plain, created } }).join("\n")).not.toContain("Created");
  });

  it.each([
    [999, "999 B"],
    [1000, "1 kB"],
    [999_949, "999.9 kB"],
    [999_990, "1 MB"],
    [57_243_118, "57.2 MB"],
    [1_499_000_000, "1.5 GB"],
    [Number.NaN, "an unknown size"],
  ])("%d bytes are %s", (size, shown) => {
    expect(hover("a/b:1", { description: { ...plain, size } }).join("\n")).toContain(`**Size** ${shown} to pull`);
  });

  it.each<[string, RegistryImage, string]>([
    ["the same", { current: plain }, "the one that `1` stands for now"],
    [
      "another one",
      { current: { digest: digestB, shape: "manifest" } },
      `\`1\` stands for another one now: \`${digestB}\``,
    ],
    [
      "another one of several platforms",
      { current: { digest: digestB, shape: "index" }, description: plain },
      `\`1\` stands for another one now: \`${digestB}\``,
    ],
    [
      "that of one platform",
      { current: { digest: digestB, shape: "index" }, description: { ...plain, shape: "manifest" } },
      `\`1\` stands for another one now: \`${digestB}\`, of several platforms. The one here is that of one platform alone`,
    ],
    [
      "that of one platform on its list",
      {
        current: { digest: digestB, shape: "index" },
        listed: [{ digest: digestA, platform: "linux/arm64" }],
      },
      `\`1\` stands for another one now: \`${digestB}\`, of several platforms. The one here is on its list, for \`linux/arm64\` alone`,
    ],
    [
      "that of one platform, which is not on its list",
      {
        current: { digest: digestB, shape: "index" },
        listed: [{ digest: digestB, platform: "linux/arm64" }],
        description: { ...plain, shape: "manifest" },
      },
      `\`1\` stands for another one now: \`${digestB}\`, of several platforms. The one here is that of one platform alone`,
    ],
    [
      "perhaps that of one platform",
      { current: { digest: digestB, shape: "index" } },
      `\`1\` stands for another one now: \`${digestB}\`, of several platforms. The one here may be that of one of them`,
    ],
  ])("a pinned digest is compared with the tag's: %s", (_, known, said) => {
    expect(hover(`a/b:1@${digestA}`, known)).toContain(`- **Digest** ${said}`);
  });

  it("a digest of another algorithm is compared by the description, else not at all", () => {
    const current = { digest: digestA, shape: "index" } as const;
    const pinned = `a/b:1@sha512:${"d".repeat(128)}`;
    expect(hover(pinned, { current })).toContain(`- **Digest** \`1\` stands for \`${digestA}\` now`);
    expect(hover(pinned, { current, description: plain })).toContain("- **Digest** the one that `1` stands for now");
  });

  it("reads the older labels where the newer ones are not there, and keeps long lists short", () => {
    const description: ImageDescription = {
      ...plain,
      platforms: Array.from({ length: 11 }, (_, index) => `linux/p${index}`),
      exposedPorts: Array.from({ length: 9 }, (_, index) => `${8000 + index}/tcp`),
      labels: {
        "org.label-schema.version": "2",
        "org.opencontainers.image.version": " ",
        "org.label-schema.vcs-ref": "",
      },
    };
    const lines = hover("a/b:1", { description });
    expect(lines).toContain("- **Label version** `2`");
    expect(lines.join("\n")).not.toContain("revision");
    expect(lines.join("\n")).toContain("`linux/p7` and 3 others");
    expect(lines.join("\n")).toContain("`8005/tcp` and 3 others");
  });
});

describe("text of strangers", () => {
  const hostile = [
    "[click](command:workbench.action.terminal.new)",
    "<img src=x onerror=alert(1)>",
    "` [click](command:x) `",
    "```\n# Title\n```",
    "a\r\n- **User** `nobody`",
    "https://good.example/](command:x)",
    "javascript:alert(1)",
    "https://good.example@evil.example/",
    "https://good.example/`command`",
    "https://x.example/<script>",
    "command:workbench.action.quit",
    "\u202Egnp.exe\u2066",
    "$(zap)",
    `https://long.example/${"a".repeat(200)}`,
    "x".repeat(100_000),
    "👩‍👩‍👧‍👦".repeat(100),
  ];

  it.each(hostile)("%j becomes a line of code or an address, whatever says it", (text) => {
    const description: ImageDescription = {
      ...plain,
      platforms: [text],
      platform: text,
      created: text,
      user: text,
      exposedPorts: [text],
      entrypoint: [text],
      command: [text],
      healthcheck: ["CMD", text],
      stopSignal: text,
      workingDirectory: text,
      volumes: [text],
      labels: { "org.opencontainers.image.source": text, "org.opencontainers.image.version": text },
    };
    const lines = hover("a/b:1", { description });
    for (const line of lines) {
      // Nothing is left outside of code and addresses but our own words.
      expect(line.replaceAll(/`[^`]*`|<https?:\/\/[^<>`\s]+>/g, "")).toMatch(/^[\w\s*,.():·-]*$/);
      for (const [found] of line.matchAll(/`[^`]*`/g)) expect(found.length).toBeLessThanOrEqual(102);
    }
  });

  it("never leaves its code, whatever it holds", () => {
    assert(
      property(string({ unit: "binary", maxLength: 400 }), (text) => {
        const shown = code(text);
        expect(shown).toMatch(/^$|^`[^`]+`$/);
        expect(shown).not.toMatch(/[\r\n\u2028\u2029\u202A-\u202E\u2066-\u2069]/);
        expect(shown).not.toMatch(/\p{Cs}/u);
        expect(shown.length).toBeLessThanOrEqual(102);
      }),
    );
  });

  it.each([
    ["https://github.com/acme/api", true],
    ["http://gitlab.example:8080/a/b.git?ref=v1#readme", true],
    ["HTTPS://GITHUB.COM/a", true],
    ["https://user:word@host.example/", false],
    ["https://host.example@evil.example/", false],
    ["https://host.example/a b", false],
    ["https://host.example/(a)", false],
    ["https://host.example/[a]", false],
    ["ftp://host.example/", false],
    ["git@github.com:acme/api.git", false],
    ["https://", false],
  ])("%s is an address to be shown: %s", (text, is) => {
    expect(autolink(text)).toBe(is ? `<${text}>` : undefined);
  });
});
