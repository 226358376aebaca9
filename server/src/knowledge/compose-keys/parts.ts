import {
  type ComposeKey,
  type ComposeKeys,
  type KeyType,
  composeOnly,
  driverOptions,
  either,
  flag,
  key,
  list,
  map,
  nothing,
  openRecord,
  pairs,
  record,
  since,
  text,
  texts,
} from "./shape.ts";

const externalName: ComposeKeys = { name: key(text, "Its name. Deprecated: write `name` beside `external: true`.") };

function external(what: string, type: KeyType): ComposeKey {
  return key(either(flag, type), `It exists already: ${what} is not made by \`up\` and not removed by \`down\`.`);
}

const poolKeys: ComposeKeys = {
  subnet: key(text, "The range of addresses, as `172.28.0.0/16`."),
  ip_range: key(text, "The part of the subnet that containers get addresses from.", composeOnly),
  gateway: key(text, "The address of the gateway.", composeOnly),
  aux_addresses: key(
    map(text, "a host"),
    "Addresses to keep free, by the name of the host that has them.",
    composeOnly,
  ),
};

const ipamKeys: ComposeKeys = {
  driver: key(text, "What hands out addresses. `default` if left out."),
  config: key(list(record(poolKeys)), "The ranges of addresses."),
  options: key(map(text, "an option"), "Options for that driver.", composeOnly),
};

/** An entry of the top-level `networks`. Source: https://docs.docker.com/reference/compose-file/networks/ */
export const networkType: KeyType = either(
  record({
    name: key(text, "Its name in Docker. The project's name and the key if left out."),
    driver: key(text, "What makes it: `bridge` on one machine, `overlay` across a swarm, `host`, `none`, `macvlan`, …"),
    driver_opts: key(driverOptions, "Options for that driver."),
    ipam: key(record(ipamKeys), "Its ranges of addresses."),
    external: external("the network", record(externalName)),
    internal: key(flag, "Cuts it off from the outside: containers on it reach each other alone."),
    attachable: key(flag, "Lets containers that belong to no service join it in a swarm."),
    enable_ipv4: key(flag, "Hands out IPv4 addresses. On by default.", since("2.33.1")),
    enable_ipv6: key(flag, "Hands out IPv6 addresses.", composeOnly),
    labels: key(pairs, "Its labels."),
  }),
  nothing,
);

/** An entry of the top-level `volumes`. Source: https://docs.docker.com/reference/compose-file/volumes/ */
export const volumeType: KeyType = either(
  record({
    name: key(text, "Its name in Docker. The project's name and the key if left out."),
    driver: key(text, "What keeps the data. `local` if left out: on the machine the container runs on."),
    driver_opts: key(driverOptions, "Options for that driver."),
    external: external("the volume", record(externalName)),
    labels: key(pairs, "Its labels."),
  }),
  nothing,
);

/** An entry of the top-level `secrets`. Source: https://docs.docker.com/reference/compose-file/secrets/ */
export const secretType: KeyType = record({
  name: key(text, "Its name in the swarm's store."),
  file: key(text, "The file that holds it."),
  environment: key(text, "The environment variable of the host that holds it.", composeOnly),
  external: external("the secret", openRecord(externalName)),
  labels: key(pairs, "Its labels."),
  driver: key(text, "The plug-in that keeps it, in a swarm."),
  driver_opts: key(driverOptions, "Options for that plug-in."),
  template_driver: key(text, "What fills in templates in it, in a swarm: `golang`."),
});

/** An entry of the top-level `configs`. Source: https://docs.docker.com/reference/compose-file/configs/ */
export const configType: KeyType = record({
  name: key(text, "Its name in the swarm's store."),
  file: key(text, "The file that holds it."),
  content: key(text, "What it holds, written into this file. Variables in it are filled in.", since("2.23.1")),
  environment: key(text, "The environment variable of the host that holds it.", since("2.23.1")),
  external: external("the config", openRecord(externalName)),
  labels: key(pairs, "Its labels."),
  template_driver: key(text, "What fills in templates in it, in a swarm: `golang`."),
});

/** An entry of the top-level `models`. Source: https://docs.docker.com/reference/compose-file/models/ */
export const modelType: KeyType = record(
  {
    name: key(text, "The name it goes by."),
    model: key(text, "The model, as an OCI artefact: `ai/smollm2`."),
    context_size: key({ kind: "whole", strict: true }, "The most tokens of context."),
    runtime_flags: key(list(text), "Options for the program that runs it."),
  },
  ["model"],
);

/** An item of `include`. Source: https://docs.docker.com/reference/compose-file/include/ */
export const includeType: KeyType = either(
  text,
  nothing,
  openRecord({
    path: key(either(text, texts, nothing), "The file, or several that are merged before they are included."),
    project_directory: key(
      either(text, nothing),
      "What relative paths in them are seen from. The file's own folder if left out.",
    ),
    env_file: key(either(text, texts, nothing), "The file that defines their variables."),
  }),
);
