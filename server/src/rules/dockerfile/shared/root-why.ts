/** What the rules about the user of an image have in common to say. */
export const rootWhy = `Root in a container is root to the kernel: with a flaw in the runtime, a mounted host path or one capability too many it is root on the
host as well. And whoever breaks into the program can replace any file of the image, install tools and read every mounted secret.`;
