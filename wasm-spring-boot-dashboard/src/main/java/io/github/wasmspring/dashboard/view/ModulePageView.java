package io.github.wasmspring.dashboard.view;

import io.github.wasmspring.observe.WasmPerformanceReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a version of a module.
 *
 * @param versions all that there are, newest first
 * @param features what it uses of what was added to WebAssembly, {@code null} if that is not known
 * @param adaptive what adaptive execution has measured
 */
public record ModulePageView(
    ModuleView module,
    List<String> versions,
    Provenance provenance,
    List<Operation> operations,
    List<String> exports,
    List<String> imports,
    @Nullable List<String> features,
    List<String> bigFunctions,
    List<Link> links,
    List<SettingView> settings,
    List<Adaptive> adaptive,
    ErrorReportView errors,
    WasmPerformanceReport performance) {

  /**
   * Where its bytes come from.
   *
   * @param outside whether its location was named from outside of the application
   * @param pinnedDigest that its bytes have to have
   * @param signature where it is
   */
  public record Provenance(
      @Nullable String location,
      boolean outside,
      @Nullable String digest,
      @Nullable String pinnedDigest,
      @Nullable String signature,
      @Nullable String signedBy,
      @Nullable String compiledClass) {}

  public record Operation(String name, String signature, boolean fallback, boolean quarantined) {}

  public record Link(
      String module, String version, @Nullable String digest, List<String> imports) {}

  public record Adaptive(
      String operation,
      long fromBytes,
      @Nullable Long toBytes,
      String chosen,
      @Nullable Long wasmNanos,
      @Nullable Long javaNanos,
      long calls,
      long switches) {}
}
