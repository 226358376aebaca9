import { describe, expect, it } from "vitest";
import { type ComposeModel, parseCompose } from "../../server/src/languages/compose/index.ts";
import { parseYaml } from "../../server/src/languages/yaml/parse.ts";
import type { Span } from "../../server/src/text/span.ts";

function read(text: string, path = "compose.yaml"): ComposeModel {
  return parseCompose(parseYaml(text), path);
}

/** The only service of a file, which the indented text describes. */
function readService(body: string) {
  const text = `services:\n  web:\n${body.replace(/^/gm, "    ")}`;
  const service = read(text).service("web");
  if (service === undefined) throw new Error("no service");
  return { service, at: (span: Span | undefined) => span && text.slice(span.start, span.end) };
}

describe("services", () => {
  it("are read with the places of their keys", () => {
    const text = "services:\n  web:\n    image: 'node:22'\n  db: {image: postgres}\n";
    const { services } = read(text);
    expect(services.map(({ name }) => name)).toEqual(["web", "db"]);
    expect(services.map(({ keySpan }) => text.slice(keySpan.start, keySpan.end))).toEqual(["web", "db"]);
    expect(services.map(({ image }) => image?.canonical)).toEqual([
      "docker.io/library/node",
      "docker.io/library/postgres",
    ]);
    expect(services.map(({ imageUse }) => imageUse && text.slice(imageUse.span.start, imageUse.span.end))).toEqual([
      "node:22",
      "postgres",
    ]);
  });

  it.each([
    ["", 0],
    ["services:\n", 0],
    ["services: 3\n", 0],
    ["services: [web]\n", 0],
    ["- services\n", 0],
    ["services:\n  web:\n", 0],
    ["services:\n  web: node\n", 0],
    ["services:\n  web: !reset null\n", 0],
    ["services:\n  x-base:\n    image: a\n", 0],
    ["services:\n  web: {}\n", 1],
    [
      "services:\n  web:\n    image: [1]\n    ports: 3\n    environment: 3\n    volumes: {a: b}\n    depends_on: 1\n    build: []\n",
      1,
    ],
    [
      "services:\n  web:\n    ports: [null, [1], {}]\n    volumes: [null, [1], {}]\n    environment: [null, {a: 1}, 1]\n",
      1,
    ],
  ])("of %j are as many as can be understood", (text, count) => {
    const model = read(text);
    expect(model.services).toHaveLength(count);
    expect(model.images).toEqual([]);
  });

  it("say nothing of an image that depends on a variable", () => {
    for (const image of ["${IMAGE}", "node:${TAG:-22}", "$IMAGE", "node:$TAG", '"${A}/b:1"']) {
      const { service, at } = readService(`image: ${image}`);
      expect(service.image).toBeUndefined();
      expect(at(service.imageUse?.span)).toBe(image.replaceAll('"', ""));
    }
  });

  it("tell an image that is built from one that is pulled", () => {
    expect(readService("image: acme/web:1\nbuild: .").service.imageUse?.built).toBe(true);
    expect(readService("image: acme/web:1").service.imageUse?.built).toBe(false);
    expect(readService("image: acme/web:1\nbuild:").service.imageUse?.built).toBe(false);
  });

  it("give each written image once", () => {
    const model = read(
      "x-base: &base\n  image: node\nservices:\n  a:\n    <<: *base\n    build: .\n  b:\n    <<: *base\n",
    );
    expect(model.images).toHaveLength(1);
    expect(model.images[0]).toMatchObject({ owner: "b", built: false });
  });

  it("count an image that is mounted", () => {
    const model = read(
      "services:\n  a:\n    image: node\n    volumes:\n      - {type: image, source: acme/data:1, target: /d}\n",
    );
    expect(model.images.map(({ role, reference }) => [role, reference?.text])).toEqual([
      ["service", "node"],
      ["volume", "acme/data:1"],
    ]);
  });
});

describe("get", () => {
  it("sees through anchors and merges", () => {
    const { services } = read(
      "x-log: &log\n  driver: local\nservices:\n  a: &a\n    logging: *log\n    deploy: {replicas: 2}\n  b:\n    <<: *a\n    restart: always\n",
    );
    expect(services[1]?.get("logging", "driver")).toMatchObject({ value: "local" });
    expect(services[1]?.get("deploy", "replicas")).toMatchObject({ value: 2 });
    expect(services[1]?.entry("logging")?.merged).toBeDefined();
    expect(services[1]?.get("restart")).toMatchObject({ value: "always" });
  });

  it("takes null and `!reset` for nothing", () => {
    const { service } = readService("healthcheck:\nports: !reset []\ndeploy:\n  resources: !reset null\n  replicas: 1");
    expect(service.get("healthcheck")).toBeUndefined();
    expect(service.get("ports")).toBeUndefined();
    expect(service.ports).toEqual([]);
    expect(service.get("deploy", "resources")).toBeUndefined();
    expect(service.get("deploy", "replicas")).toBeDefined();
    expect(service.entry("ports")).toBeUndefined();
  });
});

describe("extends", () => {
  const text = `services:
  base:
    image: node:22
    command: [a, b]
    restart: always
    environment:
      A: base
      B: base
    ports: ["80:80"]
    volumes: ["one:/data", "two:/other"]
    depends_on: [db]
    deploy:
      replicas: 2
      resources: {limits: {memory: 1g}}
  middle:
    extends: base
    environment: [B=middle, C=middle]
  web:
    extends: {service: middle}
    command: c
    ports: ["81:81"]
    volumes: ["three:/data"]
    restart:
    depends_on:
      cache: {condition: service_healthy}
    deploy:
      replicas: 3
`;
  const web = read(text).service("web");

  it("is followed through the file", () => {
    expect(web?.open).toBe(false);
    expect(web?.image?.tag).toBe("22");
    expect(web?.get("restart")).toMatchObject({ value: "always" });
    expect(web?.get("command")).toMatchObject({ value: "c" });
    expect(web?.get("deploy", "replicas")).toMatchObject({ value: 3 });
    expect(web?.get("deploy", "resources", "limits", "memory")).toMatchObject({ value: "1g" });
    expect(web?.map.get("image")).toBeUndefined();
  });

  it("puts lists and variables together", () => {
    expect(web?.ports.map(({ published }) => published)).toEqual(["80", "81"]);
    expect(web?.mounts.map(({ source }) => source)).toEqual(["two", "three"]);
    expect(web?.environment.map(({ name, value }) => `${name}=${value}`)).toEqual(["A=base", "B=middle", "C=middle"]);
    expect(web?.dependsOn.map(({ service, condition }) => [service, condition])).toEqual([
      ["db", undefined],
      ["cache", "service_healthy"],
    ]);
  });

  it.each([
    ["a service of another file", "extends: {file: other.yaml, service: a}", true],
    ["a service of this file, by its name", "extends: {file: ./compose.yaml, service: db}", false],
    ["itself", "extends: web", true],
    ["nothing there", "extends: gone", true],
    ["a variable", "extends: ${BASE}", true],
    ["nothing yet", "extends:", false],
    ["nonsense", "extends: [a]", true],
  ])("of %s leaves the service open: %s", (_, line, open) => {
    const model = read(`services:\n  web:\n    image: a\n    ${line}\n  db:\n    image: b\n`);
    expect(model.service("web")?.open).toBe(open);
    expect(model.service("web")?.image?.text).toBe("a");
  });

  it("is not followed for ever", () => {
    const chain = Array.from({ length: 2000 }, (_, index) => `  s${index}: {extends: s${index + 1}}`).join("\n");
    const model = read(`services:\n${chain}\n  s2000: {image: a}\n`);
    expect(model.service("s0")).toMatchObject({ open: true, image: undefined });
    expect(model.service("s1990")).toMatchObject({ open: false, image: { text: "a" } });
  });

  it("ends in a circle", () => {
    const model = read(
      "services:\n  a: {extends: b, image: a}\n  b: {extends: c}\n  c: {extends: a, restart: always}\n",
    );
    expect(model.services.map(({ open }) => open)).toEqual([true, true, true]);
    expect(model.service("a")?.get("restart")).toBeDefined();
    expect(model.service("b")?.image?.text).toBe("a");
  });

  it("lets `!override` replace and `!reset` remove", () => {
    const model = read(
      "services:\n  a: {image: a, ports: ['1:1'], environment: {A: 1}, command: x}\n  b:\n    extends: a\n    ports: !override ['2:2']\n    environment: !override {B: 2}\n    command: !reset null\n",
    );
    const b = model.service("b");
    expect(b?.ports.map(({ target }) => target)).toEqual(["2"]);
    expect(b?.environment.map(({ name }) => name)).toEqual(["B"]);
    expect(b?.get("command")).toBeUndefined();
  });
});

describe("environment", () => {
  it("is read from a map", () => {
    const { service, at } = readService('environment:\n  A: 1\n  B: "x y"\n  C:\n  D: ${D}\n  E: pa$$word\n  F: {}');
    expect(service.environment.map(({ name, value, known, form }) => [name, value, known, form])).toEqual([
      ["A", "1", true, "map"],
      ["B", "x y", true, "map"],
      ["C", undefined, true, "map"],
      ["D", "${D}", false, "map"],
      ["E", "pa$$word", true, "map"],
    ]);
    const [a, b, c] = service.environment;
    expect([at(a?.nameSpan), at(a?.valueSpan), at(a?.span)]).toEqual(["A", "1", "A: 1"]);
    expect([at(b?.valueSpan), at(b?.span)]).toEqual(["x y", 'B: "x y"']);
    expect(c?.valueSpan).toBeUndefined();
  });

  it("is read from a list", () => {
    const { service, at } = readService("environment:\n  - A=1\n  - 'B=x=y'\n  - C\n  - D=$D\n  - E=");
    expect(service.environment.map(({ name, value, known, form }) => [name, value, known, form])).toEqual([
      ["A", "1", true, "list"],
      ["B", "x=y", true, "list"],
      ["C", undefined, true, "list"],
      ["D", "$D", false, "list"],
      ["E", "", true, "list"],
    ]);
    const [, b, c] = service.environment;
    expect([at(b?.nameSpan), at(b?.valueSpan), at(b?.span)]).toEqual(["B", "x=y", "'B=x=y'"]);
    expect([at(c?.nameSpan), c?.valueSpan]).toEqual(["C", undefined]);
  });

  it("gives the places of parts among escapes, blanks at their ends left out", () => {
    const { service, at } = readService('environment:\n  - "A=\\tx"');
    expect(service.environment[0]?.value).toBe("\tx");
    expect(at(service.environment[0]?.valueSpan)).toBe("x");
    expect(at(service.environment[0]?.nameSpan)).toBe("A");
    const escaped = readService('environment:\n  - "A=\\u0041b"');
    expect(escaped.at(escaped.service.environment[0]?.valueSpan)).toBe("\\u0041b");
  });
});

describe("ports", () => {
  it.each([
    ["80", undefined, undefined, "80", "tcp"],
    ['"8080:80"', undefined, "8080", "80", "tcp"],
    ["8080:80", undefined, "8080", "80", "tcp"],
    ['"8000-8010:80"', undefined, "8000-8010", "80", "tcp"],
    ['"53:53/UDP"', undefined, "53", "53", "udp"],
    ['"127.0.0.1:5432:5432"', "127.0.0.1", "5432", "5432", "tcp"],
    ['"127.0.0.1::5432"', "127.0.0.1", undefined, "5432", "tcp"],
    ['"[::1]:80:80"', "::1", "80", "80", "tcp"],
    ['"::1:80:80"', "::1", "80", "80", "tcp"],
  ])("%s", (text, hostIp, published, target, protocol) => {
    const { service } = readService(`ports:\n  - ${text}`);
    expect(service.ports).toHaveLength(1);
    expect(service.ports[0]).toMatchObject({ hostIp, published, target, protocol, known: true });
  });

  it.each([
    ['"${PORT}:80"', undefined, "${PORT}", "80"],
    ['"${PORT:-8080}:80/tcp"', undefined, "${PORT:-8080}", "80"],
    ['"${IP:-127.0.0.1}:${A}:${B:?say:it}"', "${IP:-127.0.0.1}", "${A}", "${B:?say:it}"],
    ['"$PORT:80"', undefined, "$PORT", "80"],
  ])("%s is cut in spite of its variables", (text, hostIp, published, target) => {
    const { service } = readService(`ports:\n  - ${text}`);
    expect(service.ports[0]).toMatchObject({ hostIp, published, target, known: false });
  });

  it("in the long form", () => {
    const { service, at } = readService(
      "ports:\n  - target: 80\n    published: '8080'\n    host_ip: 127.0.0.1\n    protocol: udp\n    mode: host\n  - target: ${PORT}",
    );
    expect(service.ports[0]).toMatchObject({
      hostIp: "127.0.0.1",
      published: "8080",
      target: "80",
      protocol: "udp",
      mode: "host",
      known: true,
    });
    expect(service.ports[1]).toMatchObject({ published: undefined, protocol: "tcp", mode: undefined, known: false });
    expect(at(service.ports[1]?.span)).toBe("target: ${PORT}");
  });
});

describe("mounts", () => {
  it.each([
    ["/data", "volume", undefined, "/data", false, true],
    ["data:/data", "volume", "data", "/data", false, true],
    ["data:/data:ro,z", "volume", "data", "/data", true, true],
    ["./src:/app", "bind", "./src", "/app", false, true],
    [".:/app", "bind", ".", "/app", false, true],
    ["~/x:/x", "bind", "~/x", "/x", false, true],
    [
      "/var/run/docker.sock:/var/run/docker.sock:ro",
      "bind",
      "/var/run/docker.sock",
      "/var/run/docker.sock",
      true,
      true,
    ],
    ["C:\\data:/data", "bind", "C:\\data", "/data", false, true],
    ["C:\\data:C:\\data:ro", "bind", "C:\\data", "C:\\data", true, true],
    ["c:/data:/data", "bind", "c:/data", "/data", false, true],
    ["vol:C:\\data", "volume", "vol", "C:\\data", false, true],
    ["d:/data", "volume", "d", "/data", false, true],
    [
      "\\\\.\\pipe\\docker_engine:\\\\.\\pipe\\docker_engine",
      "bind",
      "\\\\.\\pipe\\docker_engine",
      "\\\\.\\pipe\\docker_engine",
      false,
      true,
    ],
    ["${DATA:-./data}:/data", "unknown", "${DATA:-./data}", "/data", false, false],
    ["$DATA:/data", "unknown", "$DATA", "/data", false, false],
    ["./${DATA}:/data:ro", "bind", "./${DATA}", "/data", true, false],
  ])("%s", (text, type, source, target, readOnly, known) => {
    const { service } = readService(`volumes:\n  - ${text}`);
    expect(service.mounts).toHaveLength(1);
    expect(service.mounts[0]).toMatchObject({ type, source, target, readOnly, known });
  });

  it("in the long form", () => {
    const { service } = readService(
      "volumes:\n  - {type: bind, source: ./a, target: /a, read_only: true}\n  - {type: tmpfs, target: /t}\n  - {source: '${A}', target: /b}",
    );
    expect(
      service.mounts.map(({ type, source, target, readOnly, known }) => [type, source, target, readOnly, known]),
    ).toEqual([
      ["bind", "./a", "/a", true, true],
      ["tmpfs", undefined, "/t", false, true],
      ["unknown", "${A}", "/b", false, false],
    ]);
  });
});

describe("build", () => {
  it.each([
    ["build: ./web", "./web", undefined, undefined],
    ["build: ${DIR}", undefined, undefined, undefined],
    ["build: {context: web, dockerfile: Dockerfile.prod, target: app}", "web", "Dockerfile.prod", "app"],
    ["build: {dockerfile: Dockerfile.prod}", ".", "Dockerfile.prod", undefined],
    ["build: {context: '${DIR}', target: '${T}'}", undefined, undefined, undefined],
  ])("%s", (text, context, dockerfile, target) => {
    expect(readService(text).service.build).toMatchObject({ context, dockerfile, target });
  });
});

describe("dialect", () => {
  it.each([
    ["compose", "compose.yaml", "services: {a: {image: a, deploy: {replicas: 2, resources: {}, restart_policy: {}}}}"],
    ["compose", "compose.yaml", "version: '3.8'\nservices: {a: {image: a}}"],
    ["stack", "compose.yaml", "services: {a: {image: a, deploy: {update_config: {}}}}"],
    ["stack", "compose.yaml", "services: {a: {image: a, deploy: {mode: global}}}"],
    ["compose", "compose.yaml", "services: {a: {image: a, deploy: {mode: replicated}}}"],
    ["stack", "compose.yaml", "services: {a: {image: a, deploy: {placement: {}}}}"],
    ["stack", "compose.yaml", "services: {a: {image: a}}\nnetworks: {n: {driver: overlay}}"],
    ["stack", "compose.yaml", "services: {a: {image: a}}\nsecrets: {s: {external: true}}"],
    ["stack", "compose.yaml", "services: {a: {image: a}}\nconfigs: {s: {external: {name: x}}}"],
    [
      "compose",
      "compose.yaml",
      "services: {a: {image: a}}\nnetworks: {n: {external: true}}\nvolumes: {v: {external: true}}",
    ],
    ["compose", "compose.yaml", "services: {a: {image: a, mem_limit: 1g, deploy: {placement: {}}}}"],
    ["compose", "compose.yaml", "name: x\nservices: {a: {image: a, deploy: {placement: {}}}}"],
    ["compose", "compose.yaml", "services: {a: {image: a, depends_on: {b: {}}, deploy: {placement: {}}}}"],
    ["stack", "docker-stack.yml", "services: {a: {image: a}}"],
    ["stack", "ops/web.stack.prod.yml", "services: {a: {image: a}}"],
    ["compose", "fullstack.yml", "services: {a: {image: a}}"],
    ["stack", "docker-stack.yml", "services: {a: {image: a, profiles: [x]}}"],
    ["stack", "compose.swarm.yaml", "name: x\nservices: {a: {image: a, mem_limit: 1g}}"],
    ["stack", "compose-stack.yml", "services: {a: {build: .}}"],
    ["compose", "elk-stack.yml", "services: {a: {image: a, profiles: [x]}}"],
    ["stack", "elk-stack.yml", "services: {a: {image: a, mem_limit: 1g, deploy: {placement: {}}}}"],
    ["stack", "compose.yaml", "services: {a: {image: a, deploy: {labels: {b: c}}}}"],
    ["compose", "compose.yaml", "services: {a: {build: ., deploy: {labels: {b: c}}}}"],
    ["stack", "compose.yaml", "services: {a: {image: a, build: ., deploy: {labels: {b: c}}}}"],
  ])("is %s for %s with %j", (dialect, path, text) => {
    expect(read(text, path).dialect).toBe(dialect);
  });
});

describe("role", () => {
  it.each([
    ["compose.yaml", "main"],
    ["docker-compose.prod.yml", "main"],
    ["compose.override.yaml", "override"],
    ["docker-compose.dev.yml", "development"],
    ["docker-compose-test.yml", "development"],
    ["compose.ci.yaml", "development"],
    ["local/compose.local.yml", "development"],
    ["dev/compose.yml", "main"],
    [".devcontainer/docker-compose.yml", "development"],
    ["compose.device.yaml", "main"],
    ["compose.latest.yaml", "main"],
  ])("of %s is %s", (path, role) => {
    expect(read("services: {}", path).role).toBe(role);
  });
});

it("keeps the rest of a broken file and its problems", () => {
  const model = read("services:\n  web:\n    image: node\n  db:\n    image: [\n");
  expect(model.problems.length).toBeGreaterThan(0);
  expect(model.service("web")?.image?.text).toBe("node");
});

it("gives the top-level parts as they were written", () => {
  const model = read(
    "include: [a.yaml]\nvolumes:\n  data:\n  cache: {driver: local}\nnetworks: [a]\nsecrets: {s: {file: x}}\n",
  );
  expect([...model.volumes.keys()]).toEqual(["data", "cache"]);
  expect([...model.networks.keys()]).toEqual([]);
  expect([...model.secrets.keys()]).toEqual(["s"]);
  expect(model.includes).toBe(true);
});
