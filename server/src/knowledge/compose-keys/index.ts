import { configType, includeType, modelType, networkType, secretType, volumeType } from "./parts.ts";
import { serviceKeys } from "./service.ts";
import {
  type ComposeKeys,
  type KeyType,
  composeOnly,
  either,
  key,
  list,
  map,
  nothing,
  partName,
  record,
  text,
} from "./shape.ts";

export { type ComposeKey, type ComposeKeys, type KeyType, keyIn } from "./shape.ts";
export { serviceKeys } from "./service.ts";

const service: KeyType = record(serviceKeys);

/**
 * The keys of a Compose file, at every depth: what `docker compose` takes up to release 2.40 and what is known of later ones, and what
 * `docker stack deploy` takes. Held against the schema of the Compose Specification by a test.
 * Sources: https://docs.docker.com/reference/compose-file/, and for stacks the schema of version 3.13 in docker/cli.
 */
export const composeKeys: ComposeKeys = {
  version: key(text, "The version of the file format. Ignored by Compose; `docker stack deploy` reads it."),
  name: key(
    text,
    "The project's name, the beginning of the names of its containers, networks and volumes.",
    composeOnly,
  ),
  include: key(either(list(includeType), nothing), "Other Compose files whose services become part of this project.", {
    since: "2.20.0",
    only: "compose",
  }),
  services: key(map(service, "a service", partName), "The containers that make up the application, by name."),
  networks: key(map(networkType, "a network"), "The networks that services are on."),
  volumes: key(map(volumeType, "a volume", partName), "Where data is kept that outlives containers."),
  secrets: key(map(secretType, "a secret", partName), "Sensitive files for services."),
  configs: key(map(configType, "a config", partName), "Files of configuration for services."),
  models: key(map(modelType, "a model"), "AI models for services.", { since: "2.38.0", only: "compose" }),
};

/** A whole Compose file. */
export const composeFile: KeyType = record(composeKeys);
