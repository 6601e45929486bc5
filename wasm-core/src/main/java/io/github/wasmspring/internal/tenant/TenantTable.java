package io.github.wasmspring.internal.tenant;

import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.WasmTenantRefusedException;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.tenant.WasmTenantLimits;
import io.github.wasmspring.tenant.WasmTenantResolver;
import io.github.wasmspring.tenant.WasmTenantSettings;
import io.github.wasmspring.tenant.WasmTenantStatus;
import io.github.wasmspring.tenant.WasmTenants;
import io.github.wasmspring.tenant.WasmUnknownTenants;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of all tenants. Keys may come from outside: those that the settings do not name have
 * so many places and no more, one that was idle makes room for the next, and when none is idle, all
 * further ones share an account.
 */
public final class TenantTable implements WasmTenants {

  private static final String NAMED = "wasm.tenants.limits";
  private static final String DEFAULTS = "wasm.tenants.defaults";

  /** Whoever makes up keys has idle ones looked for so often and not each time. */
  private static final long SWEEP_NANOS = 100_000_000;

  private final WasmTenantSettings settings;
  private final WasmTenantResolver resolver;
  private final LongSupplier nanoTime;
  private final ThreadCpuClock clock = new ThreadCpuClock();
  private final Map<String, TenantAccount> named = new TreeMap<>();
  private final Map<String, TenantAccount> unknown = new ConcurrentHashMap<>();
  private final TenantAccount shared;

  /** Guarded by its own monitor, as is that somebody is forgotten. */
  private final TenantSum forgotten = new TenantSum();

  private final AtomicLong nextSweep;

  public TenantTable(WasmTenantSettings settings, WasmTenantResolver resolver) {
    this(settings, resolver, System::nanoTime);
  }

  TenantTable(WasmTenantSettings settings, WasmTenantResolver resolver, LongSupplier nanoTime) {
    this.settings = settings;
    this.resolver = resolver;
    this.nanoTime = nanoTime;
    this.nextSweep = new AtomicLong(nanoTime.getAsLong());
    settings
        .named()
        .forEach((key, limits) -> this.named.put(key, account(key, property(key), limits)));
    this.named.computeIfAbsent(DEFAULT, key -> account(key, DEFAULTS, settings.defaults()));
    this.shared = account(OTHER, DEFAULTS, settings.defaults());
  }

  private TenantAccount account(String key, String properties, WasmTenantLimits limits) {
    return new TenantAccount(key, properties, limits, this.settings.interval(), this.nanoTime);
  }

  private static String property(String key) {
    boolean plain = key.chars().allMatch(each -> Character.isLetterOrDigit(each) || each == '-');
    return plain ? NAMED + "." + key : NAMED + "[" + key + "]";
  }

  /**
   * Whose call this is; to be asked on the caller's thread.
   *
   * @param given what the call says itself, {@code null} if nothing
   * @throws WasmInvalidInputException if nobody can tell and somebody has to, or if that is no key
   */
  public String key(WasmCallId call, @Nullable String given) {
    return require(resolve(call, given));
  }

  /**
   * The same if somebody can tell.
   *
   * @return {@code null} if nobody can
   */
  public @Nullable String resolve(WasmCallId call, @Nullable String given) {
    return given != null ? given : this.resolver.resolve(call);
  }

  /**
   * What becomes of what somebody could tell, or not.
   *
   * @throws WasmInvalidInputException if nobody could and somebody has to, or if that is no key
   */
  public String require(@Nullable String key) {
    if (key == null) {
      if (this.settings.required()) {
        throw new WasmInvalidInputException(
            "the call names no tenant, and nobody else can tell whose it is (wasm.tenants.required); give it one by WasmCallOptions.tenant, or offer a WasmTenantResolver that finds it");
      }
      return DEFAULT;
    }
    if (!WasmTenants.isKey(key)) {
      throw new WasmInvalidInputException(
          "the key of the tenant has %d characters, and has to have 1 to %d that can be seen"
              .formatted(key.length(), LONGEST_KEY));
    }
    return key;
  }

  /**
   * A call of a tenant wants to be made; the stay is to be ended.
   *
   * @throws WasmTenantRefusedException if the tenant has had enough
   * @throws WasmInvalidInputException if there is no such tenant and there must be
   */
  public TenantStay enter(String key) {
    for (; ; ) {
      TenantAccount account = account(key);
      if (account.admit()) {
        return new TenantStay(account, this.clock);
      }
    }
  }

  private TenantAccount account(String key) {
    TenantAccount known = this.named.get(key);
    if (known != null) {
      return known;
    }
    if (this.settings.unknown() == WasmUnknownTenants.REFUSE) {
      throw new WasmInvalidInputException(
          "there is no tenant of the key that the call names, and unknown ones are refused (wasm.tenants.unknown)");
    }
    if (this.settings.unknown() == WasmUnknownTenants.TOGETHER || key.equals(OTHER)) {
      return this.shared;
    }
    TenantAccount unknown = this.unknown.get(key);
    return unknown != null ? unknown : newcomer(key);
  }

  /** A few more than there are places, if they come at the same moment. */
  private TenantAccount newcomer(String key) {
    if (this.unknown.size() >= this.settings.mostKept()) {
      makeRoom();
      if (this.unknown.size() >= this.settings.mostKept()) {
        return this.shared;
      }
    }
    return this.unknown.computeIfAbsent(
        key, absent -> account(absent, DEFAULTS, this.settings.defaults()));
  }

  private void makeRoom() {
    long now = this.nanoTime.getAsLong();
    long due = this.nextSweep.get();
    if (now - due >= 0 && this.nextSweep.compareAndSet(due, now + SWEEP_NANOS)) {
      synchronized (this.forgotten) {
        this.unknown.values().removeIf(this::isForgotten);
      }
    }
  }

  private boolean isForgotten(TenantAccount account) {
    boolean idle = account.retireIfIdle();
    if (idle) {
      this.forgotten.add(account.status());
    }
    return idle;
  }

  /**
   * How many refusals of that tenant are to be told now, 0 for none.
   *
   * @param key of the exception
   */
  public long toldNow(String key) {
    TenantAccount account = find(this.named.get(key), this.unknown.get(key));
    return account.toldNow();
  }

  private TenantAccount find(@Nullable TenantAccount named, @Nullable TenantAccount unknown) {
    if (named != null) {
      return named;
    }
    return unknown != null ? unknown : this.shared;
  }

  @Override
  public WasmTenantSettings settings() {
    return this.settings;
  }

  @Override
  public List<WasmTenantStatus> list() {
    Stream<WasmTenantStatus> unknown =
        Stream.concat(this.unknown.values().stream(), Stream.of(this.shared))
            .map(TenantAccount::status)
            .filter(status -> status.admitted() > 0 || status.refused().all() > 0)
            .sorted(
                Comparator.<WasmTenantStatus>comparingLong(status -> -status.refused().all())
                    .thenComparing(WasmTenantStatus::tenant));
    return Stream.concat(this.named.values().stream().map(TenantAccount::status), unknown).toList();
  }

  @Override
  public Optional<WasmTenantStatus> find(String key) {
    TenantAccount named = this.named.get(key);
    return Optional.ofNullable(named != null ? named : this.unknown.get(key))
        .map(TenantAccount::status);
  }

  @Override
  public WasmTenantStatus others() {
    TenantSum sum = new TenantSum();
    synchronized (this.forgotten) {
      sum.add(this.forgotten.status(OTHER, this.settings.defaults()));
      this.unknown.values().forEach(account -> sum.add(account.status()));
    }
    sum.add(this.shared.status());
    return sum.status(OTHER, this.settings.defaults());
  }
}
