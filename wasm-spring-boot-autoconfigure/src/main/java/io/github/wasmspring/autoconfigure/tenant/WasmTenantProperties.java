package io.github.wasmspring.autoconfigure.tenant;

import io.github.wasmspring.tenant.WasmUnknownTenants;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/** Configuration properties for who may have how much of all modules together. */
@ConfigurationProperties("wasm.tenants")
public class WasmTenantProperties {

  /**
   * Whether calls belong to tenants, which have limits and shares. By default if any other property
   * of tenants is set.
   */
  private @Nullable Boolean enabled;

  /** Name of the HTTP header that has the key of the tenant. */
  private @Nullable String header;

  /** Whether the name of whom Spring Security has authenticated is the key of the tenant. */
  private boolean principal = true;

  /** Whether calls that nobody can tell the tenant of are refused. */
  private boolean required;

  /** Interval in which tenants may use their processor time. */
  private Duration interval = Duration.ofSeconds(1);

  /** What becomes of the calls of tenants that have no limits of their own. */
  private WasmUnknownTenants unknown = WasmUnknownTenants.SEPARATE;

  /** Number of tenants without limits of their own that figures are kept of at a time. */
  private int maxUnknown = 1000;

  private final Limits defaults = new Limits();

  /** Limits by the key of the tenant. */
  private final Map<String, Limits> limits = new LinkedHashMap<>();

  public @Nullable Boolean getEnabled() {
    return this.enabled;
  }

  public void setEnabled(@Nullable Boolean enabled) {
    this.enabled = enabled;
  }

  public @Nullable String getHeader() {
    return this.header;
  }

  public void setHeader(@Nullable String header) {
    this.header = header;
  }

  public boolean isPrincipal() {
    return this.principal;
  }

  public void setPrincipal(boolean principal) {
    this.principal = principal;
  }

  public boolean isRequired() {
    return this.required;
  }

  public void setRequired(boolean required) {
    this.required = required;
  }

  public Duration getInterval() {
    return this.interval;
  }

  public void setInterval(Duration interval) {
    this.interval = interval;
  }

  public WasmUnknownTenants getUnknown() {
    return this.unknown;
  }

  public void setUnknown(WasmUnknownTenants unknown) {
    this.unknown = unknown;
  }

  public int getMaxUnknown() {
    return this.maxUnknown;
  }

  public void setMaxUnknown(int maxUnknown) {
    this.maxUnknown = maxUnknown;
  }

  public Limits getDefaults() {
    return this.defaults;
  }

  public Map<String, Limits> getLimits() {
    return this.limits;
  }

  /** What one tenant may have. */
  public static class Limits {

    /** Number of calls at a time, 0 for no limit. */
    private @Nullable Integer calls;

    /** Processor time that guests may use in each interval, 0 for no limit. */
    private @Nullable Duration cpuTime;

    /** Memory of the instances that run its calls at a time, 0 for no limit. */
    private @Nullable DataSize memory;

    /** Share of what all wait for, in proportion to those of others. */
    private @Nullable Integer share;

    public @Nullable Integer getCalls() {
      return this.calls;
    }

    public void setCalls(@Nullable Integer calls) {
      this.calls = calls;
    }

    public @Nullable Duration getCpuTime() {
      return this.cpuTime;
    }

    public void setCpuTime(@Nullable Duration cpuTime) {
      this.cpuTime = cpuTime;
    }

    public @Nullable DataSize getMemory() {
      return this.memory;
    }

    public void setMemory(@Nullable DataSize memory) {
      this.memory = memory;
    }

    public @Nullable Integer getShare() {
      return this.share;
    }

    public void setShare(@Nullable Integer share) {
      this.share = share;
    }
  }
}
