// What the host asks of a module that takes or gives text. Keep it as it is.

/** The host calls this for the memory that it puts an argument into. */
export function wasm_alloc(length: usize): usize {
  // Not of the collector's: the host frees it.
  return heap.alloc(length);
}

/** The host calls this when it needs an argument or an answer no longer. */
export function wasm_free(address: usize, length: usize): void {
  heap.free(address);
}

/** The text of an argument. */
export function text(address: usize, length: usize): string {
  return String.UTF8.decodeUnsafe(address, length);
}

/** Hands text to the host. */
export function answer(text: string): u64 {
  const length = <usize>String.UTF8.byteLength(text);
  const address = heap.alloc(length);
  String.UTF8.encodeUnsafe(changetype<usize>(text), text.length, address);
  return ((<u64>address) << 32) | (<u64>length);
}

/** Hands an error to the host. Code and message are put into JSON as they are. */
export function error(code: string, message: string): u64 {
  return answer('{"code":"' + code + '","message":"' + message + '"}') | ((<u64>1) << 63);
}
