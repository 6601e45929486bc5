package io.github.wasmspring.dashboard;

import io.github.wasmspring.WasmException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The plug-ins of the application, where it has any: the dashboard shows them and acts on them. */
public interface DashboardPlugins {

  /** Those that are installed, by id. */
  List<DashboardPlugin> list();

  /** The most bytes that an upload may have. */
  long maxBytes();

  /**
   * Installs a plug-in, or updates the one of that id.
   *
   * @param module the bytes, in a file that is deleted afterwards
   * @param signature the text of their signature, of minisign or a bundle of sigstore, {@code null}
   *     for none
   * @param principal who does it, {@code null} where nobody signs in
   * @return what was done, a sentence for people
   * @throws IOException if the bytes can't be read or kept
   * @throws WasmException if they are refused; what ran goes on
   */
  String upload(String id, Path module, @Nullable String signature, @Nullable String principal)
      throws IOException;

  /** What can be done to a plug-in. */
  enum Action {
    ROLL_BACK,
    ENABLE,
    DISABLE,
    REMOVE
  }

  /**
   * Does something to a plug-in.
   *
   * @param revision the one to go back to, {@code null} for the one before; of no meaning for other
   *     actions
   * @param principal who does it, {@code null} where nobody signs in
   * @return what was done, a sentence for people
   * @throws IllegalArgumentException if there is no such plug-in or revision
   * @throws IllegalStateException if it can't be done now
   * @throws IOException if it can't be kept
   * @throws WasmException if it fails; what ran goes on
   */
  String act(String id, Action action, @Nullable Integer revision, @Nullable String principal)
      throws IOException;
}
