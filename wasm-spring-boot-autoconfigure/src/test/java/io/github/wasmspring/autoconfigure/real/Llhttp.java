package io.github.wasmspring.autoconfigure.real;

import io.github.wasmspring.WasmCaller;
import io.github.wasmspring.WasmImport;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmModule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Node's HTTP parser with its callbacks as host functions. */
@WasmModule(
    id = "llhttp",
    location = "classpath:META-INF/resources/webjars/undici/5.28.4/lib/llhttp/llhttp.wasm")
class Llhttp {

  /** The export of the same names. */
  interface Exports {

    int llhttpAlloc(int type);

    int malloc(int length);

    int llhttpExecute(int parser, int address, int length);
  }

  static final class Request {
    String url = "";
    final Map<String, String> headers = new LinkedHashMap<>();
    String body = "";
    boolean complete;
    private String field = "";
  }

  /** Everything that any instance has parsed. */
  final List<Request> requests = new ArrayList<>();

  @WasmImport
  int wasmOnMessageBegin(int parser) {
    this.requests.add(new Request());
    return 0;
  }

  @WasmImport
  int wasmOnUrl(WasmCaller caller, int parser, int address, int length) {
    latest().url += text(caller, address, length);
    return 0;
  }

  @WasmImport
  int wasmOnStatus(WasmCaller caller, int parser, int address, int length) {
    return 0;
  }

  @WasmImport
  int wasmOnHeaderField(WasmCaller caller, int parser, int address, int length) {
    latest().field = text(caller, address, length);
    return 0;
  }

  @WasmImport
  int wasmOnHeaderValue(WasmCaller caller, int parser, int address, int length) {
    latest().headers.put(latest().field, text(caller, address, length));
    return 0;
  }

  @WasmImport
  int wasmOnHeadersComplete(int parser, int status, int upgrade, int keepAlive) {
    return 0;
  }

  @WasmImport
  int wasmOnBody(WasmCaller caller, int parser, int address, int length) {
    latest().body += text(caller, address, length);
    return 0;
  }

  @WasmImport("wasm_on_message_complete")
  int done(int parser) {
    latest().complete = true;
    return 0;
  }

  private Request latest() {
    return this.requests.get(this.requests.size() - 1);
  }

  private static String text(WasmCaller caller, int address, int length) {
    WasmMemory memory = Objects.requireNonNull(caller.memory());
    return memory.readString(address, length);
  }
}
