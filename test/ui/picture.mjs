export async function takePicture() {}
