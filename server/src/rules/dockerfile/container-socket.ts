import { defineInstructionRule, type Problem } from "../../engine/rule.ts";
import { removeInstruction } from "../../languages/dockerfile/edit.ts";
import { removeElement, removePair, removeWord } from "../../languages/dockerfile/edit-words.ts";
import type {
  DockerfileModel,
  OtherInstruction,
  Pair,
  VariableInstruction,
  Word,
} from "../../languages/dockerfile/model.ts";
import { remove, type TextEdit } from "../../text/edit.ts";
import { containerSocket, socketMountWhy } from "../shared/container-sockets.ts";

export default defineInstructionRule({
  slug: "container-socket",
  summary: "The image is made to be given the control socket of a container engine.",
  why: `${socketMountWhy}

A \`VOLUME\` for the socket tells everyone to hand it over, and where nobody does, an empty directory stands in its place. What only builds images needs no
engine (\`buildah\`, \`kaniko\`, rootless BuildKit); what only reads names and labels is given a proxy that lets nothing else through. Some tools, such as runners
of pipelines, are meant to control the engine: say so to those who run them, and ignore this here.`,
  category: "security",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["semgrep:dockerd-socket-mount"],
  references: ["https://docs.docker.com/engine/security/#docker-daemon-attack-surface"],
  fix: "review",
  examples: [
    {
      bad: 'FROM alpine:3.23\nVOLUME /var/run/docker.sock\nUSER nobody\nCMD ["sleep", "infinity"]\n',
      good: 'FROM alpine:3.23\nUSER nobody\nCMD ["sleep", "infinity"]\n',
    },
  ],
  instructions: ["VOLUME", "ENV"],
  suspects: (instruction) => ("pairs" in instruction ? hosts(instruction).length > 0 : sockets(instruction).length > 0),
  *check(instruction, model) {
    const { stage, onbuild } = instruction;
    if (stage !== undefined && !stage.shipped && !onbuild) return;
    if ("pairs" in instruction) {
      for (const found of hosts(instruction)) yield hostProblem(model, instruction, found);
    } else {
      for (const { word, engine } of sockets(instruction)) yield problem(model, instruction, word, engine);
    }
  },
});

function problem(model: DockerfileModel, volume: OtherInstruction, word: Word, engine: string): Problem {
  return {
    at: word.span,
    message: `\`${word.value}\` is the socket of ${engine}: whoever holds it is root on the host. Take the volume out.`,
    fixes: () => [
      {
        title: `Take the volume \`${word.value}\` out (containers started without the socket have no directory there)`,
        safety: "review",
        edits: [withoutVolume(model, volume, word)],
      },
    ],
  };
}

function hostProblem(model: DockerfileModel, env: VariableInstruction, { pair, engine }: Host): Problem {
  return {
    at: pair.span,
    severity: "info",
    message: `\`${pair.name}\` expects the socket of ${engine}, which makes whoever holds it root on the host: leave it to those who run the image.`,
    fixes: () => [
      {
        title: `Take \`${pair.name}\` out (a program that does not look there by itself must be told)`,
        safety: "review",
        edits: [removePair(model, env, pair)],
      },
    ],
  };
}

function withoutVolume(model: DockerfileModel, volume: OtherInstruction, word: Word): TextEdit {
  if (volume.words.length === 1) return removeInstruction(model, volume);
  if (model.text[volume.argumentsSpan.start] === "[") return removeElement(model, word.span);
  const next = volume.words[1];
  return word === volume.words[0] && next !== undefined
    ? remove({ start: word.span.start, end: next.span.start })
    : removeWord(model, word.span);
}

function sockets(volume: OtherInstruction) {
  return volume.words.flatMap((word) => {
    const engine = containerSocket(word.value);
    return engine === undefined ? [] : [{ word, engine }];
  });
}

interface Host {
  readonly pair: Pair;
  readonly engine: string;
}

function hosts(instruction: VariableInstruction): readonly Host[] {
  return instruction.pairs.flatMap((pair) => {
    if (!/^(?:DOCKER|CONTAINER|CONTAINERD)_(?:HOST|ADDRESS)$/.test(pair.name)) return [];
    const engine = containerSocket((pair.value ?? "").replace(/^unix:\/\//, ""));
    return engine === undefined ? [] : [{ pair, engine }];
  });
}
