package io.github.wasmspring.dashboard.autoconfigure;

import io.github.wasmspring.autoconfigure.SettingsMapper;
import io.github.wasmspring.autoconfigure.WasmProperties;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.dashboard.DashboardPlugins;
import io.github.wasmspring.dashboard.DashboardSection;
import io.github.wasmspring.dashboard.live.DashboardFeed;
import io.github.wasmspring.dashboard.view.DashboardSources;
import io.github.wasmspring.dashboard.view.EventLog;
import io.github.wasmspring.dashboard.view.ProgressLog;
import io.github.wasmspring.dashboard.view.SnapshotReader;
import io.github.wasmspring.dashboard.web.CsrfHeaders;
import io.github.wasmspring.dashboard.web.DashboardAudit;
import io.github.wasmspring.dashboard.web.DashboardExposure;
import io.github.wasmspring.dashboard.web.DashboardHandler;
import io.github.wasmspring.dashboard.web.DashboardRules;
import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.observe.WasmErrorReporter;
import io.github.wasmspring.observe.WasmPerformanceReporter;
import io.github.wasmspring.observe.WasmProfiler;
import io.github.wasmspring.work.WasmTaskExecutor;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** The dashboard. */
@Configuration(proxyBeanMethods = false)
@OnDashboard
class DashboardConfiguration {

  private static final Logger logger = LoggerFactory.getLogger(DashboardConfiguration.class);

  /** Before the application's own, of which one may match everything. */
  private static final int ORDER = -10;

  private final WasmDashboardProperties properties;

  DashboardConfiguration(WasmDashboardProperties properties) {
    this.properties = properties;
  }

  @Bean
  EventLog wasmDashboardEventLog() {
    return new EventLog();
  }

  @Bean
  ProgressLog wasmDashboardProgressLog() {
    return new ProgressLog();
  }

  @Bean
  DashboardRules wasmDashboardRules(
      ObjectProvider<SecurityVerdict.Source> security, ObjectProvider<ListeningAddress> address) {
    String path = DashboardPath.checked(this.properties.getPath());
    DashboardExposure exposure =
        new ExposureCheck(
                this.properties,
                security.getIfAvailable(() -> any -> SecurityVerdict.ABSENT),
                address.getIfAvailable(() -> () -> null))
            .exposure();
    DashboardRules rules =
        new DashboardRules(
            path,
            exposure,
            this.properties.getRole(),
            this.properties.getActionRole(),
            this.properties.getReadOnly() == null
                ? exposure == DashboardExposure.OPEN
                : this.properties.getReadOnly(),
            this.properties.getHosts());
    if (exposure == DashboardExposure.SECURED
        && rules.role() == null
        && rules.actionRole() == null
        && !rules.readOnly()) {
      logger.warn(
          "Everybody whom Spring Security lets in may act on the WebAssembly dashboard at {}, whatever their role; to let only some, set wasm.dashboard.action-role",
          path);
    }
    return rules;
  }

  @Bean
  DashboardSources wasmDashboardSources(
      WasmModuleManager manager,
      WasmEngine engine,
      CompiledModuleCache cache,
      ObjectProvider<CompiledCodeStore> codeStore,
      MemoryBudget budget,
      WasmTaskExecutor tasks,
      WasmEventPublisher events,
      WasmErrorReporter errors,
      WasmPerformanceReporter performance,
      WasmProfiler profiler,
      ObjectProvider<DashboardSection> sections,
      ObjectProvider<DashboardPlugins> plugins,
      ListableBeanFactory beans,
      WasmProperties wasm) {
    DashboardPlugins installed = plugins.getIfAvailable();
    SectionIds.check(beans.getBeansOfType(DashboardSection.class), installed != null);
    List<DashboardSection> shown = sections.orderedStream().toList();
    return new DashboardSources(
        manager,
        engine,
        cache,
        codeStore.getIfAvailable(),
        budget,
        tasks,
        events,
        errors,
        performance,
        profiler,
        shown,
        installed,
        wasm.isEnabled());
  }

  @Bean
  SnapshotReader wasmDashboardSnapshotReader(
      DashboardSources sources, EventLog events, ProgressLog progress) {
    return new SnapshotReader(sources, events, progress);
  }

  @Bean
  DashboardFeed wasmDashboardFeed(
      DashboardSources sources, SnapshotReader reader, EventLog events, ProgressLog progress) {
    int clients = this.properties.getClients();
    return SettingsMapper.checked(
        "wasm.dashboard.clients",
        clients,
        () -> new DashboardFeed(sources, reader, events, progress, clients));
  }

  @Bean
  DashboardLifecycle wasmDashboardLifecycle(DashboardFeed feed) {
    return new DashboardLifecycle(feed);
  }

  @Bean
  DashboardHandler wasmDashboardHandler(
      DashboardRules rules,
      DashboardSources sources,
      SnapshotReader reader,
      DashboardFeed feed,
      EventLog events,
      ProgressLog progress,
      ObjectProvider<CsrfHeaders> csrf,
      ObjectProvider<DashboardAudit> audit,
      Environment environment) {
    return new DashboardHandler(
        rules,
        sources,
        reader,
        feed,
        events,
        progress,
        csrf.getIfAvailable(() -> request -> Map.of()),
        audit.getIfAvailable(() -> deed -> {}),
        environment);
  }

  @Bean
  SimpleUrlHandlerMapping wasmDashboardHandlerMapping(
      DashboardHandler handler, DashboardRules rules) {
    return new SimpleUrlHandlerMapping(Map.of(rules.path() + "/**", handler), ORDER);
  }
}
