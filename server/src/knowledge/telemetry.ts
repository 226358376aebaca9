/** A program that tells its makers how it is used, and the variable that keeps it from doing so. */
export interface Telemetry {
  /** What a person calls the program: ".NET's CLI". */
  readonly of: string;
  readonly variable: string;
  readonly value: string;
  /** `DO_NOT_TRACK=1` is honoured as well: https://consoledonottrack.com/ */
  readonly doNotTrack?: true;
  /** Only these subcommands send anything; all where left out. */
  readonly subcommands?: ReadonlySet<string>;
}

const checkpoint = { variable: "CHECKPOINT_DISABLE", value: "1" } as const;

/** What a program sends, by its name; `undefined` where nothing is known. */
export function telemetryOf(program: string): Telemetry | undefined {
  return programs.get(program);
}

/**
 * Sources: https://learn.microsoft.com/dotnet/core/tools/telemetry, https://nextjs.org/telemetry, https://github.com/nuxt/telemetry,
 * https://www.gatsbyjs.com/docs/telemetry/, https://astro.build/telemetry/, https://angular.dev/cli/analytics, https://turborepo.com/docs/telemetry,
 * https://storybook.js.org/docs/configure/telemetry, https://docs.brew.sh/Analytics, https://developers.cloudflare.com/workers/wrangler/configuration/,
 * https://learn.microsoft.com/cli/azure/azure-cli-configuration, https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-telemetry.html,
 * https://learn.microsoft.com/vcpkg/about/privacy, https://developer.hashicorp.com/terraform/cli/commands#upgrade-and-security-bulletin-checks,
 * https://www.prisma.io/docs/orm/tools/prisma-cli, https://bun.sh/docs/runtime/bunfig#telemetry, https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables
 */
const programs: ReadonlyMap<string, Telemetry> = new Map<string, Telemetry>([
  [
    "dotnet",
    {
      of: ".NET's CLI",
      variable: "DOTNET_CLI_TELEMETRY_OPTOUT",
      value: "1",
      subcommands: new Set("restore build publish pack test tool new add workload run clean msbuild".split(" ")),
    },
  ],
  [
    "next",
    {
      of: "Next.js",
      variable: "NEXT_TELEMETRY_DISABLED",
      value: "1",
      subcommands: new Set(["build", "export", "start"]),
    },
  ],
  ["nuxt", { of: "Nuxt", variable: "NUXT_TELEMETRY_DISABLED", value: "1" }],
  ["nuxi", { of: "Nuxt", variable: "NUXT_TELEMETRY_DISABLED", value: "1" }],
  ["gatsby", { of: "Gatsby", variable: "GATSBY_TELEMETRY_DISABLED", value: "1", doNotTrack: true }],
  ["astro", { of: "Astro", variable: "ASTRO_TELEMETRY_DISABLED", value: "1" }],
  ["ng", { of: "Angular's CLI", variable: "NG_CLI_ANALYTICS", value: "false" }],
  ["turbo", { of: "Turborepo", variable: "TURBO_TELEMETRY_DISABLED", value: "1", doNotTrack: true }],
  ["storybook", { of: "Storybook", variable: "STORYBOOK_DISABLE_TELEMETRY", value: "1" }],
  ["wrangler", { of: "Wrangler", variable: "WRANGLER_SEND_METRICS", value: "false" }],
  ["brew", { of: "Homebrew", variable: "HOMEBREW_NO_ANALYTICS", value: "1" }],
  ["az", { of: "Azure's CLI", variable: "AZURE_CORE_COLLECT_TELEMETRY", value: "0" }],
  ["func", { of: "Azure Functions' tools", variable: "FUNCTIONS_CORE_TOOLS_TELEMETRY_OPTOUT", value: "1" }],
  ["sam", { of: "AWS SAM's CLI", variable: "SAM_CLI_TELEMETRY", value: "0" }],
  ["pwsh", { of: "PowerShell", variable: "POWERSHELL_TELEMETRY_OPTOUT", value: "1" }],
  ["vcpkg", { of: "vcpkg", variable: "VCPKG_DISABLE_METRICS", value: "1" }],
  ["terraform", { of: "Terraform", ...checkpoint }],
  ["packer", { of: "Packer", ...checkpoint }],
  ["prisma", { of: "Prisma", ...checkpoint }],
  [
    "bun",
    {
      of: "Bun",
      variable: "DO_NOT_TRACK",
      value: "1",
      subcommands: new Set(["install", "add", "run", "build", "i", "x"]),
    },
  ],
  ["huggingface-cli", { of: "Hugging Face's CLI", variable: "HF_HUB_DISABLE_TELEMETRY", value: "1", doNotTrack: true }],
]);
