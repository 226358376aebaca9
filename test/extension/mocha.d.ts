// What the suites use of mocha, whose package is installed only where they run.
declare module "mocha" {
  type Body = () => void | Promise<void>;
  type Describe = (title: string, body: () => void) => void;
  export const describe: Describe & { readonly skip: Describe };
  type It = (title: string, body: Body) => void;
  export const it: It & { readonly skip: It };
  export function before(body: Body): void;
  export function after(body: Body): void;
  export function afterEach(body: Body): void;

  export default class Mocha {
    constructor(options: { readonly ui: "bdd"; readonly timeout: number; readonly color: boolean });
    static readonly reporters: { readonly Base: { consoleLog: (...parts: readonly unknown[]) => void } };
    readonly suite: { emit(event: "pre-require", global: unknown, file: string, mocha: Mocha): void };
    run(done: (failures: number) => void): void;
  }
}
