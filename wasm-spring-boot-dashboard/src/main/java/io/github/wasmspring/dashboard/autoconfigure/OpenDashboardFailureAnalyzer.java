package io.github.wasmspring.dashboard.autoconfigure;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says how to guard the dashboard. */
final class OpenDashboardFailureAnalyzer extends AbstractFailureAnalyzer<OpenDashboardException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, OpenDashboardException failure) {
    return new FailureAnalysis(
        "The WebAssembly dashboard is enabled (wasm.dashboard.enabled=true), and everybody who reaches this server could open %s and act on the modules of the application: the server listens on %s, and %s."
            .formatted(failure.path(), listening(failure.address()), security(failure)),
        """
        Choose one:
        - Guard it with Spring Security, so that who has not signed in is refused at %1$s/**%2$s.
        - Or have the dashboard itself ask for a role that your users get when they sign in: wasm.dashboard.role=ADMIN (needs Spring Security).
        - Or let it be reached from this machine alone: server.address=127.0.0.1
        - Or, where something else guards it, such as a network that only you are on: wasm.dashboard.open=true (it only shows then, unless wasm.dashboard.read-only=false)."""
            .formatted(failure.path(), example(failure)),
        failure);
  }

  private static String listening(@Nullable InetAddress address) {
    return address == null ? "all addresses of the machine" : address.getHostAddress();
  }

  private static String security(OpenDashboardException failure) {
    return switch (failure.verdict().state()) {
      case ABSENT -> "there is no Spring Security that keeps anybody away";
      case PERMITS ->
          "Spring Security lets those through who have not signed in (%s)"
              .formatted(failure.verdict().detail());
      case UNKNOWN ->
          "it can't be told whether Spring Security keeps anybody away (%s)"
              .formatted(failure.verdict().detail());
      case CLOSED -> "Spring Security keeps nobody away";
    };
  }

  private static String example(OpenDashboardException failure) {
    return failure.verdict().state() == SecurityVerdict.State.ABSENT
        ? ": add spring-boot-starter-security, which does so by default"
        : ": .requestMatchers(\"%s/**\").hasRole(\"ADMIN\") before rules that permit more"
            .formatted(failure.path());
  }
}
