import { isOn } from "./verification/model.ts";

/** A variable's value that puts a framework into the mode for development. */
export interface DebugMode {
  /** What production sets; `undefined` where it leaves the variable out. */
  readonly production: string | undefined;
  /** What it does, for a message: "shows errors with their stack traces". */
  readonly does: string;
}

const shows = "shows visitors the program's errors, with paths, settings and code";
const development = "runs the program as for development: slower, and with errors shown";
const attaches = "lets a debugger attach, and run any code";

/**
 * Whether a variable of the image puts the program in it into a mode for development; `undefined` where not, or where that is not known.
 * Sources: https://flask.palletsprojects.com/en/stable/config/, https://laravel.com/docs/configuration#debug-mode,
 * https://symfony.com/doc/current/configuration.html, https://learn.microsoft.com/aspnet/core/fundamentals/environments,
 * https://guides.rubyonrails.org/configuring.html, https://expressjs.com/en/advanced/best-practice-performance.html,
 * https://gin-gonic.com/docs/, https://hasura.io/docs/2.0/deployment/graphql-engine-flags/reference/,
 * https://docs.python.org/3/library/devmode.html, https://docs.oracle.com/en/java/javase/21/docs/specs/jpda/conninv.html, https://nodejs.org/api/debugger.html
 */
export function debugMode(name: string, value: string): DebugMode | undefined {
  switch (name) {
    case "APP_DEBUG":
    case "DJANGO_DEBUG":
    case "FLASK_DEBUG":
    case "WORDPRESS_DEBUG":
    case "WP_DEBUG":
    case "YII_DEBUG":
    case "HASURA_GRAPHQL_DEV_MODE":
      return isOn(value) ? { production: opposite(value), does: shows } : undefined;
    case "DEBUG":
      if (value === "*")
        return { production: undefined, does: "makes every module write what it does, requests and secrets included" };
      return isOn(value) ? { production: opposite(value), does: shows } : undefined;
    case "PYTHONDEVMODE":
      return isOn(value) ? { production: undefined, does: development } : undefined;
    case "ASPNETCORE_ENVIRONMENT":
    case "DOTNET_ENVIRONMENT":
      return /^development$/i.test(value) ? { production: "Production", does: shows } : undefined;
    case "NODE_ENV":
    case "FLASK_ENV":
    case "RAILS_ENV":
    case "RACK_ENV":
    case "CI_ENVIRONMENT":
      return /^dev(?:elopment)?$/.test(value) ? { production: "production", does: development } : undefined;
    case "MIX_ENV":
    case "SYMFONY_ENV":
    case "YII_ENV":
      return value === "dev" ? { production: "prod", does: development } : undefined;
    case "APP_ENV":
      if (value === "dev") return { production: "prod", does: development };
      return value === "development" || value === "local" ? { production: "production", does: development } : undefined;
    case "SPRING_PROFILES_ACTIVE":
      return /^(?:dev|development|local)$/.test(value) ? { production: "prod", does: development } : undefined;
    case "GIN_MODE":
      return value === "debug" ? { production: "release", does: "logs every route and request" } : undefined;
    case "NODE_OPTIONS":
    case "JAVA_OPTS":
    case "JAVA_OPTIONS":
    case "JAVA_TOOL_OPTIONS":
    case "JDK_JAVA_OPTIONS":
    case "CATALINA_OPTS":
      return opensDebugger(value) ? { production: undefined, does: attaches } : undefined;
    default:
      return undefined;
  }
}

/** Whether options of Java or Node.js let a debugger attach. */
export function opensDebugger(options: string): boolean {
  return /(?:^|\s)(?:-agentlib:jdwp=|-Xrunjdwp:|--inspect(?:-brk|-wait)?(?:[=\s]|$))/.test(options);
}

/** The other value, as the first was written: `true` and `false`, `1` and `0`, `on` and `off`. */
function opposite(value: string): string {
  const lower = value.toLowerCase();
  const other = { "1": "0", yes: "no", on: "off", y: "n", t: "f" }[lower] ?? "false";
  if (value === lower) return other;
  return value === value.toUpperCase() ? other.toUpperCase() : other.charAt(0).toUpperCase() + other.slice(1);
}
