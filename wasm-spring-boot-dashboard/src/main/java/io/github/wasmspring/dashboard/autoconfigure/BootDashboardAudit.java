package io.github.wasmspring.dashboard.autoconfigure;

import io.github.wasmspring.dashboard.web.DashboardAudit;
import io.github.wasmspring.dashboard.web.DashboardDeed;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;

/** Publishes {@link AuditEvent}s of the type {@value #TYPE}. */
final class BootDashboardAudit implements DashboardAudit {

  static final String TYPE = "WASM_DASHBOARD_ACTION";

  private static final String NOBODY = "anonymous";

  private final ApplicationEventPublisher publisher;

  BootDashboardAudit(ApplicationEventPublisher publisher) {
    this.publisher = publisher;
  }

  @Override
  public void record(DashboardDeed deed) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("action", deed.action());
    data.put("subject", deed.subject());
    if (!deed.version().isEmpty()) {
      data.put("version", deed.version());
    }
    data.put("outcome", deed.outcome());
    if (deed.reason() != null) {
      data.put("reason", deed.reason());
    }
    String principal = deed.principal();
    this.publisher.publishEvent(
        new AuditApplicationEvent(
            new AuditEvent(principal == null ? NOBODY : principal, TYPE, data)));
  }
}
