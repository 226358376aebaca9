import { type BaseImageFacts } from "../../../knowledge/base-images/index.ts";
import { execCommand, serviceFacts } from "../../../knowledge/services/index.ts";
import type { Stage } from "../../../languages/dockerfile/model.ts";
import { exposedPorts } from "./exposed-ports.ts";
import { programIn } from "./programs.ts";
import { runsBaseServer, startedPrograms } from "./start.ts";

/** A health check that the image can run. */
export interface HealthCommand {
  /** For the exec form. */
  readonly words: readonly string[];
  /** The program that asks. */
  readonly program: string;
  /** What is asked: `port 3000 for \`/\``. */
  readonly asks: string;
}

/** What asks the program of a stage how it is; `undefined` where the image has nothing to ask with, or the port is not known. */
export function healthCommand(stage: Stage, facts: BaseImageFacts | undefined): HealthCommand | undefined {
  const exposed = exposedPorts(stage);
  const serves = facts !== undefined && runsBaseServer(stage, facts);
  if (exposed.length === 0 && serves) {
    const known = knownService(stage);
    if (known !== undefined) return known;
  }
  const port = portToAsk(exposed.length > 0 || !serves ? exposed : (facts.server?.ports ?? []));
  if (port === undefined) return undefined;
  if (notHttp.has(port) || startsOtherProtocol(stage, facts, port)) return connecting(stage, facts, port);
  return asking(stage, facts, port, "/") ?? connecting(stage, facts, port);
}

/** What asks a path of a port by HTTP with a program that the image has, or at least whether the port answers. */
export function askingFor(
  stage: Stage,
  facts: BaseImageFacts | undefined,
  port: number,
  path: string | undefined,
): HealthCommand | undefined {
  return (path === undefined ? undefined : asking(stage, facts, port, path)) ?? connecting(stage, facts, port);
}

/** What services that everybody knows are asked, where nothing has to be configured for it. */
function knownService(stage: Stage): HealthCommand | undefined {
  const image = stage.baseImage;
  const health = image === undefined ? undefined : serviceFacts(image.canonical, image.tag)?.health;
  if (health === undefined || health.needs !== undefined) return undefined;
  const words = execCommand(health);
  const program = words[0] === "sh" ? words.at(-1)?.split(" ")[0] : words[0];
  return program === undefined ? undefined : { words, program, asks: "the server" };
}

function asking(
  stage: Stage,
  facts: BaseImageFacts | undefined,
  port: number,
  path: string,
): HealthCommand | undefined {
  const url = `http://127.0.0.1:${port}${path}`;
  const found = (program: string, ...args: readonly string[]): HealthCommand => ({
    words: [program, ...args],
    program: program.slice(program.lastIndexOf("/") + 1),
    asks: `port ${port} for \`${path}\``,
  });
  const wget = programIn(stage, facts, "wget");
  if (wget !== undefined) return found(wget, "-q", "-O", "/dev/null", url);
  const curl = programIn(stage, facts, "curl");
  if (curl !== undefined) return found(curl, "-fsS", "-o", "/dev/null", url);
  const node = programIn(stage, facts, "node");
  if (node !== undefined) {
    const old = (nodeMajor(stage) ?? 18) < 18;
    return found(
      node,
      "-e",
      old
        ? `require('http').get('${url}', (r) => process.exit(r.statusCode < 400 ? 0 : 1)).on('error', () => process.exit(1))`
        : `fetch('${url}').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))`,
    );
  }
  const python = programIn(stage, facts, "python");
  if (python !== undefined) {
    return found(python, "-c", `import urllib.request; urllib.request.urlopen('${url}', timeout=4)`);
  }
  const bun = programIn(stage, facts, "bun");
  if (bun !== undefined) {
    return found(bun, "-e", `fetch('${url}').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))`);
  }
  const deno = programIn(stage, facts, "deno");
  if (deno !== undefined) {
    return found(deno, "eval", `fetch('${url}').then((r) => Deno.exit(r.ok ? 0 : 1), () => Deno.exit(1))`);
  }
  const ruby = programIn(stage, facts, "ruby");
  if (ruby !== undefined) {
    return found(ruby, "-rnet/http", "-e", `exit(Net::HTTP.get_response(URI('${url}')).code.to_i < 400)`);
  }
  const php = programIn(stage, facts, "php");
  return php === undefined ? undefined : found(php, "-r", `exit(@file_get_contents('${url}') === false ? 1 : 0);`);
}

function connecting(stage: Stage, facts: BaseImageFacts | undefined, port: number): HealthCommand | undefined {
  const nc = programIn(stage, facts, "nc");
  const asks = `port ${port} for a connection`;
  if (nc !== undefined) return { words: [nc, "-z", "127.0.0.1", String(port)], program: "nc", asks };
  if (facts?.bash !== true) return undefined;
  return { words: ["bash", "-c", `: </dev/tcp/127.0.0.1/${port}`], program: "bash", asks };
}

const otherProtocols =
  /^(?:sshd|php-fpm[\d.]*|mysqld|mariadbd|postgres|redis-server|valkey-server|mongod|memcached|named|vsftpd|slapd|mosquitto)$/;

function startsOtherProtocol(stage: Stage, facts: BaseImageFacts | undefined, port: number): boolean {
  if (startedPrograms(stage).some(({ name }) => otherProtocols.test(name))) return true;
  return port === 9000 && facts?.runtime === "php" && (stage.baseImage?.tag ?? "").includes("fpm");
}

/** Ports whose protocol is not HTTP. Source: https://www.iana.org/assignments/service-names-port-numbers */
const notHttp: ReadonlySet<number> = new Set([
  21, 22, 2222, 23, 25, 53, 88, 110, 143, 389, 443, 465, 587, 636, 873, 993, 995, 1080, 1099, 1433, 1521, 1883, 2049,
  2181, 3306, 3389, 3478, 4222, 4369, 5060, 5222, 5432, 5671, 5672, 5900, 5901, 6379, 6380, 6443, 6667, 7687, 8009,
  8443, 8883, 9042, 9050, 9051, 9092, 9300, 9418, 11211, 25565, 26379, 27017, 33060, 50051, 61616,
]);

/** Where a debugger listens. */
const debuggers: ReadonlySet<number> = new Set([5005, 5678, 9229, 2345, 40000]);

/** Of several ports, the first that web servers use; else the first that is no debugger's. */
function portToAsk(ports: readonly number[]): number | undefined {
  const serving = ports.filter((port) => !debuggers.has(port));
  return (
    serving.find((port) => /^(?:80|3000|4000|5000|8000|8080|8888|9000)$/.test(String(port))) ?? serving[0] ?? ports[0]
  );
}

function nodeMajor(stage: Stage): number | undefined {
  const image = stage.baseImage;
  const digits = /^v?(\d+)/.exec(image?.tag ?? "")?.[1] ?? /nodejs(\d+)/.exec(image?.canonical ?? "")?.[1];
  return digits === undefined ? undefined : Number(digits);
}
