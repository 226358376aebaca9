import { expect, it } from "vitest";
import { isLicenseExpression, licenseIdOf } from "../../server/src/knowledge/licenses.ts";

it.each([
  "MIT",
  "apache-2.0",
  "GPL-2.0+",
  "GPL-3.0",
  "LicenseRef-Acme",
  "DocumentRef-acme:LicenseRef-Acme-1.0",
  "NONE",
  "(MIT)",
  "MIT AND (BSD-3-Clause OR ISC)",
  "MIT or Apache-2.0",
  "GPL-2.0-only WITH Classpath-exception-2.0 AND MIT",
])("%s is a licence expression", (text) => expect(isLicenseExpression(text)).toBe(true));

it.each([
  "",
  "Proprietary",
  "GPLv3",
  "MIT License",
  "MIT AND",
  "AND MIT",
  "MIT Apache-2.0",
  "MIT/Apache-2.0",
  "(MIT",
  "MIT)",
  "()",
  "MIT WITH",
  "MIT WITH (x)",
])("%j is none", (text) => expect(isLicenseExpression(text)).toBe(false));

it("answers whatever the depth and length", () => {
  const nested = (depth: number): boolean => isLicenseExpression(`${"(".repeat(depth)}MIT${")".repeat(depth)}`);
  expect(nested(400)).toBe(true);
  expect(nested(200_000)).toBe(false);
  expect(isLicenseExpression("MIT AND ".repeat(100_000))).toBe(false);
});

it.each([
  ["Apache 2.0", "Apache-2.0"],
  ["The Apache License, Version 2.0", "Apache-2.0"],
  ["MIT License", "MIT"],
  ["bsd 3 clause", "BSD-3-Clause"],
  ["MPL v2.0", "MPL-2.0"],
  ["GPL", undefined],
  ["Apache", undefined],
  ["Proprietary", undefined],
  ["", undefined],
])("%j means %s", (name, id) => expect(licenseIdOf(name)).toBe(id));
