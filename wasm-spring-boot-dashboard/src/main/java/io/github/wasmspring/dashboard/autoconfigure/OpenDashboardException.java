package io.github.wasmspring.dashboard.autoconfigure;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** The dashboard would be open to everybody who reaches the server. */
final class OpenDashboardException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final String path;
  private final transient SecurityVerdict verdict;
  private final @Nullable InetAddress address;

  /**
   * @param path of the dashboard
   * @param verdict why security does not help
   * @param address that the server listens on, {@code null} for all that the machine has
   */
  OpenDashboardException(String path, SecurityVerdict verdict, @Nullable InetAddress address) {
    super("The dashboard at %s would be open to everybody who reaches the server".formatted(path));
    this.path = path;
    this.verdict = verdict;
    this.address = address;
  }

  String path() {
    return this.path;
  }

  SecurityVerdict verdict() {
    return this.verdict;
  }

  @Nullable InetAddress address() {
    return this.address;
  }
}
