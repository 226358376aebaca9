import { configureGlobal } from "fast-check";

// A gate must say the same twice: `FUZZ_SEED=random` (or a number) looks elsewhere.
const seed = process.env["FUZZ_SEED"] ?? "20260";
if (seed !== "random") configureGlobal({ seed: Number(seed) });
