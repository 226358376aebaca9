/** A command that belongs on a developer's machine. */
export interface DevelopmentCommand {
  /** In short, for a message: `npm run dev`. */
  readonly command: string;
  /** `compiles`: it builds the program at every start; `reloads`: it watches the files; `serves`: a server its makers keep for development. */
  readonly kind: "compiles" | "reloads" | "serves";
}

/** A program, without its folder, and what it is given; `undefined` for a word that depends on a variable. */
export interface Program {
  readonly name: string;
  readonly args: Args;
}

type Args = readonly (string | undefined)[];

/** `undefined` where a program is fit for production, or not known to be anything else. */
export function developmentCommand({ name, args }: Program): DevelopmentCommand | undefined {
  const base = name.replace(/^\.\//, "").replace(/\d+(?:\.\d+)*$/, "");
  const rule = programs.get(base);
  const kind = rule?.(args);
  if (kind === undefined) return undefined;
  if (typeof kind !== "string") return kind;
  return { command: [name, ...shown(args)].join(" "), kind };
}

/** The first words say which command it is. */
function shown(args: Args): readonly string[] {
  const words = args.slice(0, 2).filter((word) => word !== undefined);
  const end = words.findIndex(
    (word, index) => index > 0 && word.startsWith("-") && !isReloadFlag(word, args[index + 1]),
  );
  const flag = args.slice(2).filter((word) => word === "--reload");
  return [...(end < 0 ? words : words.slice(0, end)), ...flag];
}

/** A number behind `-w` is one of workers. */
function isReloadFlag(word: string, next: string | undefined): boolean {
  return reloadFlags.has(word) && !/^\d+$/.test(next ?? "");
}

type Answer = DevelopmentCommand["kind"] | DevelopmentCommand | undefined;

const reloadFlags = new Set(["--watch", "--reload", "--hot", "-w", "--watch-path", "--dev"]);

/** Servers of Python, for which `-w` is the number of workers. */
function reloadsByName(args: Args): Answer {
  return args.includes("--reload") ? "reloads" : undefined;
}

function reloads(args: Args): Answer {
  return args.some((arg) => arg !== undefined && reloadFlags.has(arg.split("=")[0] ?? "")) ? "reloads" : undefined;
}

/** The first operand is one of these; with `""` among them, none at all counts too. */
function first(names: string, kind: DevelopmentCommand["kind"]): (args: Args) => Answer {
  const wanted = new Set(names.split(" "));
  return (args) => {
    const [operand] = args;
    if (operand === undefined) return args.length === 0 && wanted.has("(none)") ? kind : undefined;
    if (operand.startsWith("-") && operand !== "-S") return wanted.has("(none)") ? kind : undefined;
    return wanted.has(operand) ? kind : undefined;
  };
}

const always = (kind: DevelopmentCommand["kind"]) => (): Answer => kind;

const scripts =
  /^(?:(?:start|serve|server|run)[:-](?:dev|development|debug|watch)|dev|develop|development|watch|(?:dev|watch)[:-][\w:-]+)$/;

/** `npm run dev`, `yarn dev`, `pnpm exec vite`, `npx nodemon`. */
function scriptRunner(args: Args): Answer {
  const words = args.filter((arg) => arg === undefined || !arg.startsWith("-"));
  const runs = words[0] === "run" || words[0] === "run-script";
  const [script, ...rest] = runs ? words.slice(1) : words;
  if (script === undefined) return undefined;
  if (scripts.test(script)) return "reloads";
  return runs ? undefined : launched(script === "exec" || script === "dlx" ? rest : [script, ...rest]);
}

function launched(args: Args): Answer {
  const start = args.findIndex((arg) => arg === undefined || !arg.startsWith("-"));
  const name = args[start];
  return name === undefined ? undefined : developmentCommand({ name, args: args.slice(start + 1) });
}

function python(args: Args): Answer {
  const [script, command] = args.filter((arg) => arg !== "-u" && arg !== "-O" && arg !== "-B");
  if (script?.endsWith("manage.py") === true) return command?.startsWith("runserver") === true ? "serves" : undefined;
  if (script !== "-m") return undefined;
  if (command === "http.server") return "serves";
  return command === undefined
    ? undefined
    : developmentCommand({ name: command, args: args.slice(args.indexOf("-m") + 2) });
}

function php(args: Args): Answer {
  if (args.includes("-S")) return "serves";
  const [script = "", command = ""] = args;
  if (script.endsWith("artisan")) return command === "serve" ? "serves" : undefined;
  return script.endsWith("console") && /^server:(?:run|start)$/.test(command) ? "serves" : undefined;
}

function anyOf(pattern: RegExp, kind: DevelopmentCommand["kind"]): (args: Args) => Answer {
  return (args) => (args.some((arg) => arg !== undefined && pattern.test(arg)) ? kind : undefined);
}

const programs: ReadonlyMap<string, (args: Args) => Answer> = new Map<string, (args: Args) => Answer>([
  ["npm", scriptRunner],
  ["pnpm", scriptRunner],
  ["yarn", scriptRunner],
  ["bun", (args) => reloads(args) ?? scriptRunner(args)],
  ["npx", launched],
  ["bunx", launched],
  ["pnpx", launched],
  ["nodemon", always("reloads")],
  ["node-dev", always("reloads")],
  ["ts-node-dev", always("reloads")],
  ["tsnd", always("reloads")],
  ["live-server", always("serves")],
  ["webpack-dev-server", always("serves")],
  ["air", always("reloads")],
  ["reflex", always("reloads")],
  ["watchmedo", always("reloads")],
  ["CompileDaemon", always("reloads")],
  ["tsx", first("watch", "reloads")],
  ["node", (args) => (args[0]?.startsWith("--watch") === true ? "reloads" : undefined)],
  ["deno", (args) => (args[0] === "task" && scripts.test(args[1] ?? "") ? "reloads" : reloads(args))],
  ["vite", first("(none) dev serve", "serves")],
  ["next", first("(none) dev", "serves")],
  ["nuxt", first("(none) dev", "serves")],
  ["nuxi", first("dev", "serves")],
  ["astro", first("dev", "serves")],
  ["remix", first("dev", "serves")],
  ["gatsby", first("develop", "serves")],
  ["ng", first("serve s", "serves")],
  ["vue-cli-service", first("serve", "serves")],
  ["react-scripts", first("start", "serves")],
  ["webpack", first("serve", "serves")],
  ["nest", (args) => (args[0] === "start" ? (reloads(args) ?? "compiles") : undefined)],
  ["nx", first("serve dev", "serves")],
  ["turbo", first("dev", "reloads")],
  ["parcel", first("(none) serve watch", "serves")],
  ["storybook", first("dev", "serves")],
  ["start-storybook", always("serves")],
  ["quasar", first("dev", "serves")],
  ["ember", first("serve server s", "serves")],
  ["expo", first("start", "serves")],
  ["wrangler", first("dev", "serves")],
  ["netlify", first("dev", "serves")],
  ["strapi", first("develop dev", "reloads")],
  ["medusa", first("develop", "reloads")],
  ["gulp", first("watch serve", "reloads")],
  ["grunt", first("watch serve", "reloads")],
  ["watchfiles", always("reloads")],
  ["python", python],
  ["django-admin", first("runserver", "serves")],
  ["flask", (args) => (args.includes("run") ? "serves" : undefined)],
  ["uvicorn", reloadsByName],
  ["gunicorn", reloadsByName],
  ["hypercorn", reloadsByName],
  ["fastapi", first("dev", "serves")],
  ["php", php],
  ["symfony", first("serve server:start local:server:start", "serves")],
  ["hugo", first("server serve", "serves")],
  ["jekyll", first("serve s server", "serves")],
  ["mkdocs", first("serve", "serves")],
  ["go", first("run", "compiles")],
  ["cargo", first("run watch", "compiles")],
  ["swift", first("run", "compiles")],
  ["stack", first("run", "compiles")],
  ["cabal", first("run", "compiles")],
  ["lein", first("run ring", "compiles")],
  ["sbt", anyOf(/^~?(?:[\w-]+\/)?run(?:\s.*)?$/, "compiles")],
  ["dotnet", (args) => (args[0] === "watch" ? "reloads" : args[0] === "run" ? "compiles" : undefined)],
  ["mvn", anyOf(/^(?:spring-boot:run|quarkus:dev|jetty:run|exec:java|tomcat\d?:run)$/, "compiles")],
  ["mvnw", anyOf(/^(?:spring-boot:run|quarkus:dev|jetty:run|exec:java|tomcat\d?:run)$/, "compiles")],
  ["gradle", anyOf(/^:?(?:[\w-]+:)*(?:bootRun|quarkusDev|run)$/, "compiles")],
  ["gradlew", anyOf(/^:?(?:[\w-]+:)*(?:bootRun|quarkusDev|run)$/, "compiles")],
]);
