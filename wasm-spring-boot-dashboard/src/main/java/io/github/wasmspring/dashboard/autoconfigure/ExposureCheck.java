package io.github.wasmspring.dashboard.autoconfigure;

import io.github.wasmspring.dashboard.web.DashboardExposure;
import java.net.InetAddress;

/** Finds out who can reach the dashboard, before anybody does. */
final class ExposureCheck {

  private final WasmDashboardProperties properties;
  private final SecurityVerdict.Source security;
  private final ListeningAddress address;

  ExposureCheck(
      WasmDashboardProperties properties,
      SecurityVerdict.Source security,
      ListeningAddress address) {
    this.properties = properties;
    this.security = security;
    this.address = address;
  }

  /**
   * Who says that it may be open opens nothing that something else keeps closed.
   *
   * @throws OpenDashboardException if everybody could, and nobody has said that they may
   */
  DashboardExposure exposure() {
    SecurityVerdict verdict = this.security.of(this.properties.getPath());
    boolean signsIn = verdict.state() != SecurityVerdict.State.ABSENT;
    if (verdict.state() == SecurityVerdict.State.CLOSED
        || (signsIn && this.properties.getRole() != null)) {
      return DashboardExposure.SECURED;
    }
    InetAddress listening = this.address.get();
    if (listening != null && listening.isLoopbackAddress()) {
      return DashboardExposure.LOOPBACK;
    }
    if (this.properties.isOpen()) {
      return DashboardExposure.OPEN;
    }
    throw new OpenDashboardException(this.properties.getPath(), verdict, listening);
  }
}
