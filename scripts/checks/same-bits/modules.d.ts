/** A Cloudflare Worker imports data as bytes. */
declare module '*.safetensors' {
  const bytes: ArrayBuffer;
  export default bytes;
}
