/**
 * The engine whose control socket a host path is, or lies below: `/var/run/docker.sock`, `/run/containerd/containerd.sock`, `/run/podman`.
 * `undefined` for any other path.
 */
export function containerSocket(path: string): "Docker" | "containerd" | "CRI-O" | "Podman" | undefined {
  const normal = path.replace(/\/{2,}/g, "/").replace(/(?<=.)\/$/, "");
  if (/^(?:\/var)?\/run\/(?:user\/\d+\/)?docker\.sock(?:\.raw)?$/.test(normal)) return "Docker";
  if (/^(?:\/var)?\/run\/(?:k3s\/)?containerd(?:\/containerd\.sock)?$/.test(normal)) return "containerd";
  if (/^(?:\/var)?\/run\/crio(?:\/crio\.sock)?$/.test(normal)) return "CRI-O";
  if (/^(?:\/var)?\/run\/(?:user\/\d+\/)?podman(?:\/podman\.sock)?$/.test(normal)) return "Podman";
  return undefined;
}

/** What the rules about such a mount have in common to say. */
export const socketMountWhy = `The socket of a container engine is its whole API. Whoever can write to it starts a privileged container that mounts the host's disk,
and is root on the host a moment later; mounting it read-only changes nothing, since a request is sent all the same.`;
