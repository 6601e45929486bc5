package io.github.wasmspring.prepare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A module that another one is linked with: each instance of the other one has an instance of it
 * for itself.
 *
 * @param module its id
 * @param version its version
 * @param digest of its bytes, {@code null} if that is not known
 * @param imports the names of what the other one imports from it; empty if only modules between the
 *     two do
 */
public record WasmLink(
    String module, String version, @Nullable String digest, List<String> imports) {}
