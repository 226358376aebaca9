/** Names of images and services whose job it is to speak SSH: Git forges, SFTP servers, bastions, backups. */
const speakers =
  /(?:^|[/_.:-])(?:git\w*|gogs|forgejo|codeberg|onedev|soft-serve|rhodecode|kallithea|phabricator|bitbucket\w*|gerrit|s?ftp\w*|\w*ssh\w*|bastion|jump\w*|guacamole|teleport|borg\w*|rsync\w*|backup\w*)(?:$|[/_.:-])/i;

/** Whether the name of an image, a service or a workload says that speaking SSH is its job. */
export function speaksSsh(name: string): boolean {
  return speakers.test(name);
}
