import { image, type ImageFamily } from "./family.ts";
import { debian, distroless, redhat, systemOf, type System } from "./systems.ts";
import { knows, type Tag } from "./tag.ts";

const kinds = ["sdk", "aspnet", "runtime", "runtime-deps"] as const;

function systemIn(tag: Tag): System | undefined {
  const chiseled = tag.rest.some((word) => word === "chiseled" || word === "distroless");
  const azure = tag.rest.some((word) => /^(?:azurelinux|cbl|mariner)/.test(word));
  if (chiseled) return distroless("glibc");
  if (azure) return { ...redhat(undefined, "minimal"), os: "azure", packageManager: "tdnf", tools: { curl: true } };
  // Plain tags were Debian up to .NET 9 and are Ubuntu since 10.
  return systemOf(tag, (tag.major ?? 10) >= 10 ? { ...debian(), os: "ubuntu" } : debian());
}

/** .NET from Microsoft, 8 and later with the user `app`. */
export const dotnet: readonly ImageFamily[] = kinds.map(
  (kind): ImageFamily => ({
    names: [
      `mcr.microsoft.com/dotnet/${kind}`,
      ...(kind === "sdk" || kind === "aspnet" || kind === "runtime" ? [`mcr.microsoft.com/dotnet/core/${kind}`] : []),
    ],
    facts(tag) {
      const words = [
        "chiseled",
        "distroless",
        "extra",
        "composite",
        "cbl",
        "mariner",
        "aot",
        "amd64",
        "arm64v8",
        "arm32v7",
        "preview",
      ];
      if (!knows({ ...tag, rest: tag.rest.filter((word) => !/^(?:azurelinux|mariner)\d/.test(word)) }, words))
        return undefined;
      const system = systemIn(tag);
      if (system === undefined) return undefined;
      const modern = (tag.major ?? 10) >= 8;
      const app = { name: "app", uid: 1654, gid: 1654 };
      const bare = system.os === "distroless" || system.os === "windows";
      const serves = kind === "aspnet" && system.os !== "windows";
      return image(system, {
        family: `dotnet/${kind}`,
        runtime: "dotnet",
        ...(system.os === "distroless" && modern ? { user: app } : {}),
        ...(modern && system.os !== "windows" ? { nonRootUser: app } : {}),
        ...(kind === "sdk" && !bare
          ? { tools: { curl: true, ...(system.os === "azure" ? {} : { wget: true }), pwsh: !tag.rest.includes("aot") } }
          : {}),
        ...(serves ? { server: { ports: [modern ? 8080 : 80] } } : {}),
        ...(kind === "sdk"
          ? { toolchain: { what: "the .NET SDK", runtimeImage: `mcr.microsoft.com/dotnet/aspnet:${aspnetTag(tag)}` } }
          : {}),
        source: "https://github.com/dotnet/dotnet-docker",
      });
    },
  }),
);

/** The runtime image has the same tags as the SDK, but for the SDK's own patch numbers. */
function aspnetTag(tag: Tag): string {
  const [major, minor] = (tag.version ?? "").split(".");
  if (major === undefined || minor === undefined) return tag.text;
  const suffix = tag.text.slice(tag.text.indexOf(tag.version ?? "") + (tag.version ?? "").length).replace(/-aot\b/, "");
  return `${major}.${minor}${suffix}`;
}
