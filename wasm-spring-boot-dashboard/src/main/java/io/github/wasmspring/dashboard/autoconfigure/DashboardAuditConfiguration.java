package io.github.wasmspring.dashboard.autoconfigure;

import io.github.wasmspring.dashboard.web.DashboardAudit;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells Boot's audit what is done on the dashboard. */
@Configuration(proxyBeanMethods = false)
@OnDashboard
@ConditionalOnClass(AuditEvent.class)
class DashboardAuditConfiguration {

  @Bean
  @ConditionalOnMissingBean(DashboardAudit.class)
  BootDashboardAudit wasmDashboardAudit(ApplicationEventPublisher publisher) {
    return new BootDashboardAudit(publisher);
  }
}
