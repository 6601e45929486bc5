package io.github.wasmspring.module;

import io.github.wasmspring.internal.module.ShownLocation;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of a module are.
 *
 * @param text as it is configured; it may carry secrets, see {@link ShownLocation}
 */
public record WasmLocation(String text) {

  private static final String CLASS_PATH = "classpath:";
  private static final String WEB_JAR = "webjar:";
  private static final String FILE = "file:";
  private static final String REGISTRY = "oci:";

  /** {@code null} if there is no location. */
  public static @Nullable WasmLocation of(@Nullable String text) {
    return text == null ? null : new WasmLocation(text);
  }

  public boolean isOnClassPath() {
    return this.text.startsWith(CLASS_PATH);
  }

  /** Whether it is a file of a WebJar, which is on the class path too. */
  public boolean isInWebJar() {
    return this.text.startsWith(WEB_JAR);
  }

  public boolean isFile() {
    return this.text.startsWith(FILE);
  }

  /** Whether its bytes are on this machine, so that reading them asks no server. */
  public boolean isLocal() {
    return isOnClassPath() || isInWebJar() || isFile();
  }

  /** Whether a server gives its bytes out. */
  public boolean isRemote() {
    return this.text.startsWith("http://") || this.text.startsWith("https://") || isInRegistry();
  }

  /** Whether that server is an OCI registry. */
  public boolean isInRegistry() {
    return this.text.startsWith(REGISTRY);
  }

  /** The name of a resource, without a slash at the beginning; of a location on the class path. */
  public String resourceName() {
    String path = this.text.substring(CLASS_PATH.length());
    return path.startsWith("/") ? path.substring(1) : path;
  }

  /** The name of a WebJar and the path in it, as in {@code source-map/lib/mappings.wasm}. */
  public String webJarFile() {
    return this.text.substring(WEB_JAR.length());
  }
}
