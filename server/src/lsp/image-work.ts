// What is loaded when somebody first looks for what can be done about images.
export { imageActionsOf } from "./image-actions.ts";
export { chooseVersion, lookUpImage, pinImage, tell } from "./image-commands.ts";
export { startProgress } from "./image-progress.ts";
export { pinFiles } from "./pin-files.ts";
