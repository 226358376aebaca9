import { composeWith, type ExampleParts, hardenedLines } from "./example.ts";

/** The name by which the examples of stack files are told. */
export const stackPath = "docker-stack.yml";

/** As `composeWith`, for a file of {@link stackPath}; `deploy` are further lines below that key of the service. */
export function stackWith(
  parts: Omit<ExampleParts, "restart" | "security"> & { readonly deploy?: readonly string[] },
): string {
  const { deploy = [], memory = ["  resources:", "    limits:", "      memory: 512M"], ...rest } = parts;
  const below = [...memory, ...deploy];
  const security = hardenedLines(parts.image);
  return composeWith({ ...rest, restart: [], security, memory: below.length === 0 ? [] : ["deploy:", ...below] });
}
