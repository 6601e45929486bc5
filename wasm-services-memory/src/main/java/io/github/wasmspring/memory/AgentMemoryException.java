package io.github.wasmspring.memory;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The memory could not do what it was asked for. */
public class AgentMemoryException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public AgentMemoryException(String message) {
    super(message);
  }

  public AgentMemoryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
