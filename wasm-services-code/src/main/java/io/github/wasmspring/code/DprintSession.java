package io.github.wasmspring.code;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmSession;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Talks to one instance of a formatter in version 4 of the protocol of dprint: texts go through a
 * buffer of the guest, {@code clear_shared_bytes} makes it as long as the host says, and what
 * answers with a text answers with its length there.
 *
 * @see <a
 *     href="https://github.com/dprint/dprint/blob/main/docs/wasm-plugin-development.md">dprint</a>
 */
final class DprintSession implements AutoCloseable {

  private static final int CONFIGURATION = 1;
  private static final int UNCHANGED = 0;
  private static final int CHANGED = 1;
  private static final int FAILED = 2;

  private final DprintPlugin plugin;
  private final WasmSession session;

  private DprintSession(DprintPlugin plugin, WasmSession session) {
    this.plugin = plugin;
    this.session = session;
  }

  static DprintSession open(WasmModuleManager manager, DprintPlugin plugin) {
    return new DprintSession(plugin, manager.open(plugin.module()));
  }

  /** Who formats what the guest asks the host to. */
  void nested(DprintHost.Nested nested) {
    this.session.attribute(DprintHost.State.class, DprintHost.State::new).begin(nested);
  }

  /** Gives the guest its configuration, once. */
  void configure(String json) {
    send(json);
    this.session.call("register_config", CONFIGURATION);
  }

  /** What the guest says against its configuration, as JSON. */
  String diagnostics() {
    return receive("get_config_diagnostics", CONFIGURATION);
  }

  /**
   * @param override of the configuration, as JSON, {@code null} for none
   * @return the text itself where nothing is to be changed
   * @throws DprintException with what the guest says
   */
  String format(String file, String text, @Nullable String override) throws DprintException {
    if (override != null) {
      send(override);
      this.session.call("set_override_config");
    }
    send(file);
    this.session.call("set_file_path");
    send(text);
    int answer = (int) this.session.call("format", CONFIGURATION)[0];
    return switch (answer) {
      case UNCHANGED -> text;
      case CHANGED -> receive("get_formatted_text");
      case FAILED -> throw new DprintException(receive("get_error_text"));
      default ->
          throw new IllegalStateException(
              "The module '%s' answered %d, which is nothing that it may answer"
                  .formatted(this.plugin.module(), answer));
    };
  }

  private void send(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int at = (int) this.session.call("clear_shared_bytes", bytes.length)[0];
    this.session.memory().write(at, bytes);
  }

  private String receive(String export, long... arguments) {
    int length = (int) this.session.call(export, arguments)[0];
    int at = (int) this.session.call("get_shared_bytes_ptr")[0];
    return this.session.memory().readString(at, length);
  }

  @Override
  public void close() {
    this.session.close();
  }
}
