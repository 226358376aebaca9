import { describe, expect, it } from "vitest";
import { imageKey, parseImageReference, tagKey } from "../../server/src/languages/image/index.ts";
import { isOfKind } from "../../server/src/languages/index.ts";
import { linter, type Report } from "../../server/src/linter.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { createWorkspace, type RegistryImages, type Workspace } from "../../server/src/workspace/index.ts";
import { registryImagesOf } from "../rules/registry-block.ts";
import { configOf } from "../rules/small-workspace.ts";

const config = configOf({ preset: "strict" }, undefined);
const nothing: RegistryImages = { digests: new Map(), descriptions: new Map() };
const digest = `sha256:${"a".repeat(64)}`;

function reference(text: string): NonNullable<ReturnType<typeof parseImageReference>> {
  const parsed = parseImageReference(text);
  if (parsed === undefined) throw new Error(`${text} is no image`);
  return parsed;
}

describe("images are known by", () => {
  it.each([
    ["node", "docker.io/library/node:latest", "docker.io/library/node:latest"],
    ["index.docker.io/library/node:22", "docker.io/library/node:22", "docker.io/library/node:22"],
    [`ghcr.io/acme/api:1@${digest}`, "ghcr.io/acme/api:1", `ghcr.io/acme/api@${digest}`],
    [`localhost:5000/api@${digest}`, "localhost:5000/api:latest", `localhost:5000/api@${digest}`],
  ])("%s", (text, tag, image) => {
    expect([tagKey(reference(text)), imageKey(reference(text))]).toEqual([tag, image]);
  });
});

describe("a workspace", () => {
  const images = registryImagesOf(
    `{ "node:22": { user: node }, "acme/api:1": { digest: "${digest}" }, "acme/api@${digest}": {} }`,
  );

  it("knows what the tag stands for, and what the image of the digest is", () => {
    const workspace = createWorkspace();
    const view = workspace.view("Dockerfile");
    expect(view.registryImage(reference("node:22"))).toBeUndefined();
    workspace.setRegistryImages(images);
    expect(view.registryImage(reference("docker.io/library/node:22"))?.description?.user).toBe("node");
    expect(view.registryImage(reference("acme/api:1"))).toEqual({ current: { digest, shape: "index" } });
    expect(view.registryImage(reference(`acme/api:1@${digest}`))).toMatchObject({
      current: { digest },
      description: { digest },
    });
    expect(view.registryImage(reference(`acme/api:2@${digest}`))?.current).toBeUndefined();
    expect(view.registryImage(reference("node"))).toBeUndefined();
  });

  it("tells views that were asked for images, and no others, when what is known of them changes", () => {
    const workspace = createWorkspace();
    workspace.setRegistryImages(images);
    const asked = workspace.view("Dockerfile").watched();
    const other = workspace.view("Dockerfile").watched();
    const whole = workspace.view("Dockerfile").watched();
    asked.view.registryImage(reference("node:22"));
    whole.view.registryDescriptions();
    other.view.manifests();
    workspace.setRegistryImages(images);
    expect([asked, other, whole].map((view) => view.holds())).toEqual([true, true, true]);
    workspace.setRegistryImages(nothing);
    expect([asked, other, whole].map((view) => view.holds())).toEqual([false, true, false]);
  });
});

const manifest =
  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n    - name: a\n      image: ghcr.io/acme/base:1.4\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: b\nspec:\n  containers:\n    - name: b\n      image: ghcr.io/acme/other:1.4\n";

const files: readonly (readonly [string, string, string])[] = [
  [
    "Dockerfile",
    'ARG VERSION=1.4\nFROM ghcr.io/acme/base:${VERSION} AS base\nRUN sudo make\nFROM base\nEXPOSE 8080\nCMD ["/api"]\n',
    "EXPOSE 80",
  ],
  [
    "compose.yaml",
    "services:\n  api:\n    image: ghcr.io/acme/base:1.4\n    user: root\n    restart: always\n    ports: ['127.0.0.1:80:80']\n",
    "user: root",
  ],
  ["pod.yaml", manifest, "name: a"],
];

/** Each shows in what the rules say of the files above. */
const states: readonly RegistryImages[] = [
  nothing,
  registryImagesOf('{ "ghcr.io/acme/base:1.4": { user: "1000", healthcheck: [CMD, /ok], exposedPorts: [8080/tcp] } }'),
  registryImagesOf('{ "ghcr.io/acme/base:1.4": { user: root }, "ghcr.io/acme/elsewhere": { user: root } }'),
  registryImagesOf('{ "ghcr.io/acme/base:1.4": { digest: "sha256:1", user: root } }'),
  registryImagesOf('{ "ghcr.io/acme/elsewhere": { user: "1" } }'),
];

function check(workspace: Workspace, path: string, text: string, previous?: Report): Report {
  const report = linter.check({
    file: { path, text },
    config,
    workspace: workspace.view(path),
    ...(previous === undefined ? {} : { previous }),
  });
  if (report === undefined) throw new Error(`${path} is no file of ours`);
  return report;
}

function told({ findings, parsed }: Report): readonly string[] {
  return findings.map(({ at, rule, severity, message, fixes }) => {
    const results = fixes.map((fix) => ("edits" in fix ? applyEdits(parsed.file.text, fix.edits) : fix.title));
    return `${at.start}-${at.end} ${severity} ${rule} ${message} ${JSON.stringify(results)}`;
  });
}

/** What is kept from the last check must never show, whatever somebody asked or what became too old in between. */
describe.each(files)("a check of %s that goes on from the last one", (path, text, typed) => {
  const edited = text.replace(typed, `${typed}0`);
  const fresh = (images: RegistryImages, of: string): readonly string[] => {
    const workspace = createWorkspace();
    workspace.setRegistryImages(images);
    return told(check(workspace, path, of));
  };

  it("says what a fresh one says", () => {
    const expected = states.map((images) => ({ images, asIs: fresh(images, text), edited: fresh(images, edited) }));
    expect(new Set(expected.map(({ asIs }) => asIs.join("\n"))).size, "states that show").toBeGreaterThanOrEqual(3);
    const workspace = createWorkspace();
    let report = check(workspace, path, text);
    for (const before of expected) {
      for (const after of expected) {
        workspace.setRegistryImages(before.images);
        report = check(workspace, path, text, report);
        workspace.setRegistryImages(after.images);
        report = check(workspace, path, edited, report);
        expect(told(report)).toEqual(after.edited);
        report = check(workspace, path, text, report);
        expect(told(report)).toEqual(after.asIs);
      }
    }
  });

  it("reads nothing again of what nobody asked about", () => {
    const workspace = createWorkspace();
    const first = check(workspace, path, text);
    workspace.setRegistryImages(registryImagesOf('{ "ghcr.io/acme/elsewhere": { user: "1" } }'));
    const second = check(workspace, path, text, first);
    expect(second.parsed.units.map(({ model }) => model)).toEqual(first.parsed.units.map(({ model }) => model));
    for (const [index, { model }] of second.parsed.units.entries())
      expect(model).toBe(first.parsed.units[index]?.model);
  });
});

it("of a manifest only the documents are read again whose images were asked about", () => {
  const workspace = createWorkspace();
  const first = check(workspace, "pod.yaml", manifest);
  workspace.setRegistryImages(registryImagesOf('{ "ghcr.io/acme/other:1.4": { user: "1" } }'));
  const { parsed } = check(workspace, "pod.yaml", manifest, first);
  if (!isOfKind(parsed, "kubernetes")) throw new Error("no manifest");
  expect(parsed.units.map(({ model }) => model.descriptions.size)).toEqual([0, 1]);
  expect(parsed.units[0]?.model).toBe(first.parsed.units[0]?.model);
});
