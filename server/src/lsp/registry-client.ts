// What of the registries is loaded when somebody first asks one.
export { createRegistryClient } from "../registry/client.ts";
export { clientFetch } from "./client-fetch.ts";
