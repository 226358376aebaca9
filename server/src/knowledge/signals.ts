/**
 * The canonical name of a signal that a container is stopped with: `SIGTERM` for `15`, `term` and `SIGTERM`. Numbers are those of Linux on x86 and Arm, which
 * is how Docker reads them. `undefined` for what is no signal.
 */
export function signalName(text: string): string | undefined {
  const name = /^\+?\d+$/.test(text) ? byNumber(Number(text)) : text.toUpperCase().replace(/^SIG/, "");
  if (name === undefined) return undefined;
  const known = numbered.includes(name) || /^RTM(?:IN(?:\+(?:[1-9]|1[0-5]))?|AX(?:-(?:[1-9]|1[0-4]))?)$/.test(name);
  return known ? `SIG${name}` : undefined;
}

/** By number, from 1. */
const numbered: readonly string[] =
  "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS".split(
    " ",
  );

function byNumber(number: number): string | undefined {
  if (number === 34) return "RTMIN";
  if (number > 34 && number < 50) return `RTMIN+${number - 34}`;
  if (number === 64) return "RTMAX";
  return number >= 50 && number < 64 ? `RTMAX-${64 - number}` : numbered[number - 1];
}

/** Signals that a program which does not ask for them never notices. Source: https://man7.org/linux/man-pages/man7/signal.7.html */
export const ignoredSignals: ReadonlySet<string> = new Set(["SIGCHLD", "SIGCONT", "SIGURG", "SIGWINCH"]);

/** How a server wants to be stopped. */
export interface StopSignal {
  readonly signal: string;
  /** What it does on SIGTERM, for a message. */
  readonly otherwise: string;
}

/**
 * The signal on which a program ends its work in good order, where that is not SIGTERM. `path` is the program as called.
 * Sources: https://nginx.org/en/docs/control.html, https://httpd.apache.org/docs/2.4/stopping.html, https://www.php.net/manual/en/install.fpm.php,
 * https://www.postgresql.org/docs/current/server-shutdown.html, https://www.freedesktop.org/software/systemd/man/latest/systemd.html#Signals,
 * https://docs.haproxy.org/3.2/management.html, https://yhbt.net/unicorn/SIGNALS.html, https://redmine.lighttpd.net/projects/lighttpd/wiki/Docs_Signals
 */
export function stopSignalOf(path: string): StopSignal | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (/^(?:nginx|openresty)(?:-debug)?$/.test(name)) return { signal: "SIGQUIT", otherwise: "drops open requests" };
  if (/^(?:httpd|apache2?)(?:-foreground)?$/.test(name))
    return { signal: "SIGWINCH", otherwise: "drops open requests" };
  if (/^php-fpm[\d.]*$/.test(name)) return { signal: "SIGQUIT", otherwise: "drops open requests" };
  if (/^(?:postgres|postmaster)$/.test(name)) return { signal: "SIGINT", otherwise: "waits for every client to leave" };
  if (name === "systemd" || /^\/(?:usr\/)?s?bin\/init$/.test(path))
    return { signal: "SIGRTMIN+3", otherwise: "starts itself anew" };
  if (name === "haproxy") return { signal: "SIGUSR1", otherwise: "drops open connections" };
  if (/^unicorn(?:_rails)?$/.test(name)) return { signal: "SIGQUIT", otherwise: "drops open requests" };
  if (name === "lighttpd") return { signal: "SIGINT", otherwise: "drops open requests" };
  return undefined;
}
