import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import { baseImageOf } from "../../knowledge/base-images/index.ts";
import type { ComposeModel, ComposeMount, ComposeService } from "../../languages/compose/model.ts";
import { removeEntry, removeItem } from "../../languages/yaml/edit.ts";
import { itemsOf } from "../../languages/yaml/path.ts";
import { joinPath, nameOf, normalizePath } from "../../text/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { joined } from "../shared/joined-edits.ts";
import { factsOf, oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "source-bind-mount",
  summary: "A service runs the source code of the host's folder instead of what is in its image.",
  why: `A bind mount hides what the image has at that place. The server then runs whatever lies in the checkout: code nobody built or tested as an image, without the
installed dependencies, gone where the folder is not there, and writable by a container that was taken over.

It is the right thing while developing, so keep it in \`compose.override.yaml\`, which Compose reads by itself, or use \`develop.watch\`; files so named are not
reported, nor are mounts of configuration and data.`,
  category: "reproducibility",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/compose/how-tos/production/#modify-your-compose-file-for-production",
    "https://docs.docker.com/compose/how-tos/file-watch/",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ image: ["build: ."], own: ["volumes:", "  - .:/app", "  - /app/node_modules"] }),
      good: composeWith({ image: ["build: ."] }),
    },
  ],
  keys: ["volumes"],
  *check(model) {
    if (model.role !== "main") return;
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    for (const mount of service.mounts) {
      if (!mount.known || mount.type !== "bind" || !isSource(service, mount)) continue;
      yield {
        at: mount.span,
        message: `\`${mount.source ?? ""}\` of the host hides \`${mount.target ?? ""}\` of the image, so \`${service.name}\` runs code that is not in it: keep this mount for an override file.`,
        fixes: () => fixes(model, service, mount),
      };
    }
  }
}

/** Folders and files that hold code rather than data or settings. */
const codeFolders =
  /^(?:app|apps|src|source|sources|code|lib|libs|pkg|packages|cmd|internal|backend|frontend|client|server|api|web|webapp|website|worker|service|services|components|pages|routes|views|controllers|models|templates|handlers|functions|project|www|html)$/i;
const codeFiles =
  /\.(?:[cm]?[jt]sx?|py|rb|php|go|java|ex|exs|rs)$|^(?:package(?:-lock)?\.json|requirements\.txt|tsconfig\.json)$/i;

/** Places where images keep settings, data and what they serve. */
const otherPlaces =
  /^\/(?:etc|data|config|conf|backups?|logs?|media|uploads|certs?|ssl|secrets|docker-entrypoint-initdb\.d|var\/(?:lib|log|run|backups?)|run|usr\/share\/nginx|usr\/local\/(?:apache2|etc)|root\/\.)(?:\/|$)/;

function isSource(service: ComposeService, { source = "", target = "" }: ComposeMount): boolean {
  if (!/^\.{1,2}(?:[\\/]|$)/.test(source) || otherPlaces.test(target)) return false;
  const path = normalizePath(source.replaceAll("\\", "/"));
  const { build } = service;
  if (build !== undefined) {
    if (build.context === undefined || /^[a-z+]+:|^git@/i.test(build.context)) return path === ".";
    const context = joinPath(".", build.context.replaceAll("\\", "/"));
    if (path === context || path === ".") return true;
    const inside = context === "." ? !path.startsWith("..") : path.startsWith(`${context}/`);
    return inside && (codeFolders.test(nameOf(path)) || codeFiles.test(nameOf(path)));
  }
  return runsCode(service) && (path === "." || codeFolders.test(nameOf(path)));
}

/** The image is a language's, without a program of its own to run: the code can only come from the mount. */
function runsCode(service: ComposeService): boolean {
  const { image } = service;
  if (image === undefined || factsOf(service) !== undefined) return false;
  const runtime = baseImageOf(image)?.runtime;
  return runtime !== undefined && !["nginx", "httpd", "caddy"].includes(runtime);
}

/** Takes away the mount and the anonymous volumes that kept parts of the image visible below it. */
function fixes({ document }: ComposeModel, service: ComposeService, mount: ComposeMount): readonly Fix[] {
  // Without the mount an image of the language alone has nothing to run.
  if (service.build === undefined) return [];
  const volumes = service.map.get("volumes");
  if (volumes?.value.type !== "seq" || volumes.merged !== undefined) return [];
  const { value } = volumes;
  const gone = new Set(
    service.mounts.filter((other) => other === mount || isBelow(other, mount)).map(({ node }) => node),
  );
  const indexes = itemsOf(value).flatMap((item, index) => (gone.has(item) ? [index] : []));
  if (indexes.length === 0 || !itemsOf(value).includes(mount.node)) return [];
  const edits =
    indexes.length === itemsOf(value).length
      ? removeEntry(document, service.map, "volumes")
      : joined(
          document.text,
          indexes.map((index) => removeItem(document, value, index)),
        );
  const title = `Remove the mount of \`${mount.source ?? ""}\` (changes then need a new image; put it into \`compose.override.yaml\`)`;
  return reviewed(title, edits);
}

function isBelow({ type, source, target = "" }: ComposeMount, mount: ComposeMount): boolean {
  return type === "volume" && source === undefined && target.startsWith(`${(mount.target ?? "/").replace(/\/$/, "")}/`);
}
