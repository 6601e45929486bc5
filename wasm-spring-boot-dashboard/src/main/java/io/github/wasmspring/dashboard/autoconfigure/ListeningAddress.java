package io.github.wasmspring.dashboard.autoconfigure;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** The address that the server listens on. */
@FunctionalInterface
interface ListeningAddress {

  /** {@code null} if it listens on all that the machine has, or nobody knows. */
  @Nullable InetAddress get();
}
