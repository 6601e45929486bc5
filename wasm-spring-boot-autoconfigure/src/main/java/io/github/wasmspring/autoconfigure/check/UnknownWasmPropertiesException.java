package io.github.wasmspring.autoconfigure.check;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;

/** Properties below {@code wasm} that nobody reads. */
public final class UnknownWasmPropertiesException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient List<Unknown> properties;

  UnknownWasmPropertiesException(List<Unknown> properties) {
    super(
        properties.stream()
            .map(property -> property.name() + ": " + property.advice())
            .collect(Collectors.joining("; ", "Nobody reads these properties: ", "")));
    this.properties = List.copyOf(properties);
  }

  /** At least one. */
  public List<Unknown> properties() {
    return this.properties;
  }

  /**
   * @param name as it was written
   * @param origin where it was written, {@code null} if that is not known
   * @param advice which name is meant, as a question, or else which there are
   */
  public record Unknown(String name, @Nullable Origin origin, String advice) {}
}
