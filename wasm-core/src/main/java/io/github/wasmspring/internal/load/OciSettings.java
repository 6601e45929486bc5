package io.github.wasmspring.internal.load;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How OCI registries are asked for modules, beside what holds for all servers.
 *
 * @param plainHttp whether registries on this machine are asked over http
 * @param dockerConfig the file with credentials, {@code null} for the one that Docker's own tools
 *     read
 */
public record OciSettings(boolean plainHttp, @Nullable Path dockerConfig) {

  public static final OciSettings DEFAULTS = new OciSettings(false, null);
}
