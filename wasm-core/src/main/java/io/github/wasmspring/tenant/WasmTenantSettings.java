package io.github.wasmspring.tenant;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Who may have how much.
 *
 * @param defaults what everybody may have whom {@code named} does not name
 * @param named what those may have whose keys are known beforehand
 * @param required whether calls that nobody can tell the tenant of are refused, rather than made
 *     for the tenant {@link WasmTenants#DEFAULT}
 * @param interval in which the processor time may be used
 * @param unknown what becomes of keys that {@code named} does not have
 * @param mostKept for how many keys that {@code named} does not have figures are kept at a time
 */
public record WasmTenantSettings(
    WasmTenantLimits defaults,
    Map<String, WasmTenantLimits> named,
    boolean required,
    Duration interval,
    WasmUnknownTenants unknown,
    int mostKept) {

  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofDays(1);

  /** Nobody has a limit, all have the same share. */
  public static final WasmTenantSettings DEFAULTS = new Builder().build();

  public WasmTenantSettings {
    named = Map.copyOf(named);
    named.keySet().forEach(WasmTenantSettings::check);
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "The interval of tenants must be between 10 ms and a day, not " + interval);
    }
    if (mostKept < 1) {
      throw new IllegalArgumentException(
          "Figures of one unknown tenant at least must be kept, not of " + mostKept);
    }
  }

  private static void check(String key) {
    if (!WasmTenants.isKey(key)) {
      throw new IllegalArgumentException(
          "The key of a tenant has 1 to %d characters that can be seen, which '%s' has not"
              .formatted(WasmTenants.LONGEST_KEY, key));
    }
    if (key.equals(WasmTenants.OTHER)) {
      throw new IllegalArgumentException(
          "'%s' stands for all tenants that are not named, and can't be one".formatted(key));
    }
  }

  /**
   * These settings, but for what is changed.
   *
   * @throws IllegalArgumentException if a value can never be; the message says which
   */
  public WasmTenantSettings with(Consumer<Builder> change) {
    Builder builder = new Builder(this);
    change.accept(builder);
    return builder.build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects settings. What can never be is refused when they are built. */
  public static final class Builder {

    private WasmTenantLimits defaults = WasmTenantLimits.NONE;
    private final Map<String, WasmTenantLimits> named = new LinkedHashMap<>();
    private boolean required;
    private Duration interval = Duration.ofSeconds(1);
    private WasmUnknownTenants unknown = WasmUnknownTenants.SEPARATE;
    private int mostKept = 1000;

    private Builder() {}

    private Builder(WasmTenantSettings from) {
      this.defaults = from.defaults;
      this.named.putAll(from.named);
      this.required = from.required;
      this.interval = from.interval;
      this.unknown = from.unknown;
      this.mostKept = from.mostKept;
    }

    public Builder defaults(WasmTenantLimits limits) {
      this.defaults = limits;
      return this;
    }

    /** What the tenant of that key may have. */
    public Builder tenant(String key, WasmTenantLimits limits) {
      this.named.put(key, limits);
      return this;
    }

    public Builder required(boolean required) {
      this.required = required;
      return this;
    }

    public Builder interval(Duration interval) {
      this.interval = interval;
      return this;
    }

    public Builder unknown(WasmUnknownTenants unknown) {
      this.unknown = unknown;
      return this;
    }

    public Builder mostKept(int tenants) {
      this.mostKept = tenants;
      return this;
    }

    /**
     * @throws IllegalArgumentException if a value can never be; the message says which
     */
    public WasmTenantSettings build() {
      return new WasmTenantSettings(
          this.defaults, this.named, this.required, this.interval, this.unknown, this.mostKept);
    }
  }
}
