import { describe, expect, it } from "vitest";
import { hostOf, isLoopback, mayLead, reachOf } from "../../server/src/registry/host-names.ts";

describe("hostOf", () => {
  it("knows where Docker Hub answers", () => {
    expect(hostOf("docker.io")).toBe("registry-1.docker.io");
    expect(hostOf("ghcr.io")).toBe("ghcr.io");
  });
});

describe("isLoopback", () => {
  it.each([
    "localhost",
    "localhost:5000",
    "LOCALHOST:5000",
    "a.localhost",
    "127.0.0.1",
    "127.1.2.3:80",
    "127.1",
    "[::1]",
    "[::1]:5000",
  ])("%s is", (host) => expect(isLoopback(host)).toBe(true));
  it.each([
    "localhost.example",
    "notlocalhost",
    "128.0.0.1",
    "0.0.0.0:5000",
    "10.0.0.1",
    "[::2]",
    "[fe80::1]",
    "registry",
    "127.0.0.1.nip.io",
    "localhost:99999",
  ])("%s is not", (host) => expect(isLoopback(host)).toBe(false));
});

describe("reachOf", () => {
  it.each([
    ["10.1.2.3", "private"],
    ["172.16.0.1", "private"],
    ["172.31.255.255", "private"],
    ["172.32.0.1", "public"],
    ["192.168.0.1", "private"],
    ["100.64.0.1", "private"],
    ["100.128.0.1", "public"],
    ["169.254.169.254", "special"],
    ["0.0.0.0", "special"],
    ["0xa9fea9fe", "special"],
    ["2130706433", "loopback"],
    ["[::ffff:127.0.0.1]", "loopback"],
    ["[::ffff:10.0.0.1]", "private"],
    ["[::]", "special"],
    ["[fe80::1]", "special"],
    ["[febf::1]", "special"],
    ["[fec0::1]", "private"],
    ["[fc00::1]", "private"],
    ["[fd00:ec2::254]", "private"],
    ["[fd::1]", "public"],
    ["[fe8::1]", "public"],
    ["[ff02::1]", "special"],
    ["[::169.254.169.254]", "special"],
    ["[64:ff9b::169.254.169.254]", "special"],
    ["[::ffff:0:127.0.0.1]", "loopback"],
    ["[64:ff9b::8.8.8.8]", "public"],
    ["192.0.0.192", "special"],
    ["192.0.1.1", "public"],
    ["224.0.0.1", "special"],
    ["255.255.255.255", "special"],
    ["100.100.100.200", "private"],
    ["169.254.169.254.", "special"],
    ["①⑥⑨.254.169.254", "special"],
    ["0251.0376.0251.0376", "special"],
    ["[fd00::1]", "private"],
    ["[2001:db8::1]", "public"],
    ["ghcr.io", "public"],
    ["localhost.", "loopback"],
  ])("%s is %s", (host, reach) => expect(reachOf(new URL(`http://${host}/`))).toBe(reach));
});

describe("mayLead", () => {
  it.each([
    ["https://registry-1.docker.io", "https://auth.docker.io/token"],
    ["https://lscr.io", "https://ghcr.io/token"],
    ["http://127.0.0.1:5000", "http://127.0.0.1:5001/token"],
    ["http://localhost:5000", "https://auth.example/token"],
    ["https://10.0.0.1", "https://10.0.0.2/token"],
    ["https://10.0.0.1:5000", "https://10.0.0.1:5000/token"],
    ["https://169.254.0.9", "https://169.254.0.9/token"],
    ["http://registry.lan", "http://auth.lan/token"],
  ])("%s may name %s", (from, to) => expect(mayLead(new URL(from), new URL(to))).toBe(true));
  it.each([
    ["https://ghcr.io", "http://ghcr.io/token"],
    ["https://ghcr.io", "http://auth.example/token"],
    ["https://ghcr.io", "file:///etc/passwd"],
    ["https://ghcr.io", "data:text/plain,x"],
    ["https://ghcr.io", "ftp://ghcr.io/token"],
    ["https://ghcr.io", "https://127.0.0.1/token"],
    ["https://ghcr.io", "https://localhost/token"],
    ["https://ghcr.io", "https://[::1]/token"],
    ["https://ghcr.io", "https://10.0.0.1/token"],
    ["https://ghcr.io", "https://169.254.169.254/latest"],
    ["https://ghcr.io", "https://[::ffff:169.254.169.254]/latest"],
    ["https://ghcr.io", "https://user:secret@auth.example/token"],
    ["https://10.0.0.1", "https://127.0.0.1/token"],
    ["https://10.0.0.1", "https://169.254.169.254/token"],
    ["http://127.0.0.1:5000", "http://169.254.169.254/token"],
    ["http://registry.lan", "http://192.168.0.1/admin"],
  ])("%s may not name %s", (from, to) => expect(mayLead(new URL(from), new URL(to))).toBe(false));
});
