package io.github.wasmspring.internal.wasi;

/** There is no network: a descriptor is never a socket. */
final class SocketFunctions {

  private SocketFunctions() {}

  static void addTo(WasiFunctions functions) {
    functions.add("sock_accept", "iii", SocketFunctions::refuse);
    functions.add("sock_recv", "iiiiii", SocketFunctions::refuse);
    functions.add("sock_send", "iiiii", SocketFunctions::refuse);
    functions.add("sock_shutdown", "ii", SocketFunctions::refuse);
  }

  private static void refuse(WasiCall call) throws WasiError {
    call.descriptor(0);
    throw new WasiError(Errno.NOTSOCK);
  }
}
