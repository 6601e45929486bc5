package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmPriority;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.engine.WasmSimdForm;
import io.github.wasmspring.internal.load.LoadDefaults;
import io.github.wasmspring.load.WasmSignatures;
import io.github.wasmspring.module.WasiSettings;
import io.github.wasmspring.module.WasmDebugMode;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmLoadPolicy;
import io.github.wasmspring.module.WasmMemoryAlert;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.work.WasmQueuePolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.io.Resource;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties for WebAssembly modules. A setting that is {@code null} leaves what the
 * module's provider says, or else the default of {@link
 * io.github.wasmspring.module.WasmModuleSettings}.
 */
@Lazy
@ConfigurationProperties("wasm")
public class WasmProperties {

  /** Whether modules are run. If not, Java fallbacks answer every call. */
  private boolean enabled = true;

  /**
   * Whether the classes that calls need are loaded by small calls beside the start, for
   * applications whose first call comes soon.
   */
  private boolean warmUp;

  private final Execution execution = new Execution();

  private final Engine engine = new Engine();

  private final Loader loader = new Loader();

  private final Signatures signatures = new Signatures();

  private final Cache cache = new Cache();

  private final Memory memory = new Memory();

  private final Threads threads = new Threads();

  private final Providers providers = new Providers();

  private final Events events = new Events();

  @NestedConfigurationProperty private final Settings defaults = new Settings();

  /** Modules by id, and how they differ from the defaults. */
  private final Map<String, Module> modules = new LinkedHashMap<>();

  public boolean isEnabled() {
    return this.enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  public boolean isWarmUp() {
    return this.warmUp;
  }

  public void setWarmUp(boolean warmUp) {
    this.warmUp = warmUp;
  }

  public Execution getExecution() {
    return this.execution;
  }

  public Engine getEngine() {
    return this.engine;
  }

  public Loader getLoader() {
    return this.loader;
  }

  public Signatures getSignatures() {
    return this.signatures;
  }

  public Cache getCache() {
    return this.cache;
  }

  public Memory getMemory() {
    return this.memory;
  }

  public Threads getThreads() {
    return this.threads;
  }

  public Providers getProviders() {
    return this.providers;
  }

  public Events getEvents() {
    return this.events;
  }

  public Settings getDefaults() {
    return this.defaults;
  }

  public Map<String, Module> getModules() {
    return this.modules;
  }

  /** Who answers calls. */
  public static class Execution {

    /** Who answers calls where neither the defaults nor the module say otherwise. */
    private @Nullable WasmExecutionMode mode;

    public @Nullable WasmExecutionMode getMode() {
      return this.mode;
    }

    public void setMode(@Nullable WasmExecutionMode mode) {
      this.mode = mode;
    }
  }

  /** How code is run. */
  public static class Engine {

    /** Name of the engine that runs modules; the first one on the class path if there is none. */
    private @Nullable String name;

    /** How code is run where neither the defaults nor the module say otherwise. */
    private @Nullable WasmEngineMode mode;

    /** How many modules are compiled in the background at the same time. */
    private @Nullable Integer compileThreads;

    /**
     * What code has vectors (SIMD) be: the JDK's Vector API if the JVM has it, or plain numbers.
     */
    private WasmSimdForm simd = WasmSimdForm.AUTO;

    private final ByUse byUse = new ByUse();

    public WasmSimdForm getSimd() {
      return this.simd;
    }

    public void setSimd(WasmSimdForm simd) {
      this.simd = simd;
    }

    public @Nullable String getName() {
      return this.name;
    }

    public void setName(@Nullable String name) {
      this.name = name;
    }

    public @Nullable WasmEngineMode getMode() {
      return this.mode;
    }

    public void setMode(@Nullable WasmEngineMode mode) {
      this.mode = mode;
    }

    public @Nullable Integer getCompileThreads() {
      return this.compileThreads;
    }

    public void setCompileThreads(@Nullable Integer compileThreads) {
      this.compileThreads = compileThreads;
    }

    public ByUse getByUse() {
      return this.byUse;
    }
  }

  /** When the engine 'by-use' compiles a module. */
  public static class ByUse {

    /** Size of the code up to which a module is compiled when it is loaded. */
    private @Nullable DataSize smallCode;

    /** Calls of its functions after which a module is compiled in the background. */
    private @Nullable Long calls;

    /** Time in its functions after which a module is compiled in the background. */
    private @Nullable Duration time;

    public @Nullable DataSize getSmallCode() {
      return this.smallCode;
    }

    public void setSmallCode(@Nullable DataSize smallCode) {
      this.smallCode = smallCode;
    }

    public @Nullable Long getCalls() {
      return this.calls;
    }

    public void setCalls(@Nullable Long calls) {
      this.calls = calls;
    }

    public @Nullable Duration getTime() {
      return this.time;
    }

    public void setTime(@Nullable Duration time) {
      this.time = time;
    }
  }

  /** Reading modules from their locations. */
  public static class Loader {

    /** Size above which a module is refused. */
    private DataSize maxModuleSize = DataSize.ofBytes(LoadDefaults.MAX_MODULE_SIZE);

    /** Time within which a module must have arrived from an HTTP location. */
    private Duration httpTimeout = LoadDefaults.HTTP_TIMEOUT;

    /** Time within which a server must have accepted a connection. */
    private Duration httpConnectTimeout = LoadDefaults.HTTP_CONNECT_TIMEOUT;

    /** How often a server is asked if it refuses connections or says that it can't answer now. */
    private int httpAttempts = LoadDefaults.HTTP_ATTEMPTS;

    /** Name of the SSL bundle that says which servers are trusted. By default the JVM does. */
    private @Nullable String sslBundle;

    private final Oci oci = new Oci();

    /**
     * Hosts, beside the one that a module is asked of, that a server may redirect to, such as
     * objects.example.org or *.example.org.
     */
    private List<String> redirectHosts = new ArrayList<>();

    /**
     * Number of modules that are loaded at the same time ahead of their first call. By default the
     * number of cores, but at most 4.
     */
    private @Nullable Integer preloadThreads;

    public DataSize getMaxModuleSize() {
      return this.maxModuleSize;
    }

    public void setMaxModuleSize(DataSize maxModuleSize) {
      this.maxModuleSize = maxModuleSize;
    }

    public @Nullable Integer getPreloadThreads() {
      return this.preloadThreads;
    }

    public void setPreloadThreads(@Nullable Integer preloadThreads) {
      this.preloadThreads = preloadThreads;
    }

    public Duration getHttpTimeout() {
      return this.httpTimeout;
    }

    public void setHttpTimeout(Duration httpTimeout) {
      this.httpTimeout = httpTimeout;
    }

    public Duration getHttpConnectTimeout() {
      return this.httpConnectTimeout;
    }

    public void setHttpConnectTimeout(Duration httpConnectTimeout) {
      this.httpConnectTimeout = httpConnectTimeout;
    }

    public int getHttpAttempts() {
      return this.httpAttempts;
    }

    public void setHttpAttempts(int httpAttempts) {
      this.httpAttempts = httpAttempts;
    }

    public @Nullable String getSslBundle() {
      return this.sslBundle;
    }

    public void setSslBundle(@Nullable String sslBundle) {
      this.sslBundle = sslBundle;
    }

    public Oci getOci() {
      return this.oci;
    }

    public List<String> getRedirectHosts() {
      return this.redirectHosts;
    }

    public void setRedirectHosts(List<String> redirectHosts) {
      this.redirectHosts = redirectHosts;
    }
  }

  /** How OCI registries are asked for modules. */
  public static class Oci {

    /** Whether registries on this machine are asked over http. */
    private boolean plainHttp;

    /**
     * File with credentials for registries. By default that of Docker, config.json in the directory
     * that DOCKER_CONFIG names or in .docker of the home directory.
     */
    private @Nullable Path dockerConfig;

    public boolean isPlainHttp() {
      return this.plainHttp;
    }

    public void setPlainHttp(boolean plainHttp) {
      this.plainHttp = plainHttp;
    }

    public @Nullable Path getDockerConfig() {
      return this.dockerConfig;
    }

    public void setDockerConfig(@Nullable Path dockerConfig) {
      this.dockerConfig = dockerConfig;
    }
  }

  /** Who must have signed modules. */
  public static class Signatures {

    /** Which modules must be signed, besides those that say where their signature is. */
    private WasmSignatures.Required required = WasmSignatures.Required.NEVER;

    /** Keys that modules may be signed with, by a name for people. */
    private final Map<String, TrustedKey> trusted = new LinkedHashMap<>();

    private final Sigstore sigstore = new Sigstore();

    public WasmSignatures.Required getRequired() {
      return this.required;
    }

    public void setRequired(WasmSignatures.Required required) {
      this.required = required;
    }

    public Map<String, TrustedKey> getTrusted() {
      return this.trusted;
    }

    public Sigstore getSigstore() {
      return this.sigstore;
    }
  }

  /** Who may have signed modules with sigstore. */
  public static class Sigstore {

    /**
     * Root of trust that bundles are verified against, a trusted_root.json. Nothing is fetched from
     * sigstore.
     */
    private @Nullable Resource trustedRoot;

    /** Identities that modules may be signed by, by a name for people. */
    private final Map<String, TrustedIdentity> identities = new LinkedHashMap<>();

    public @Nullable Resource getTrustedRoot() {
      return this.trustedRoot;
    }

    public void setTrustedRoot(@Nullable Resource trustedRoot) {
      this.trustedRoot = trustedRoot;
    }

    public Map<String, TrustedIdentity> getIdentities() {
      return this.identities;
    }
  }

  /** An identity that modules may be signed by; has a subject and an issuer. */
  public static class TrustedIdentity {

    /** Subject of the certificate, such as the address of a workflow or of a mailbox. */
    private @Nullable String subject;

    /** Regular expression that the whole subject matches, in place of it. */
    private @Nullable String subjectPattern;

    /** Address of who has vouched for the subject. */
    private @Nullable String issuer;

    /** Regular expression that the whole address of the issuer matches, in place of it. */
    private @Nullable String issuerPattern;

    public @Nullable String getSubject() {
      return this.subject;
    }

    public void setSubject(@Nullable String subject) {
      this.subject = subject;
    }

    public @Nullable String getSubjectPattern() {
      return this.subjectPattern;
    }

    public void setSubjectPattern(@Nullable String subjectPattern) {
      this.subjectPattern = subjectPattern;
    }

    public @Nullable String getIssuer() {
      return this.issuer;
    }

    public void setIssuer(@Nullable String issuer) {
      this.issuer = issuer;
    }

    public @Nullable String getIssuerPattern() {
      return this.issuerPattern;
    }

    public void setIssuerPattern(@Nullable String issuerPattern) {
      this.issuerPattern = issuerPattern;
    }
  }

  /** A key that modules may be signed with. */
  public static class TrustedKey {

    /** Public key of minisign, the second line of its .pub file. */
    private @Nullable String key;

    /** Last day on which it is trusted, in UTC, such as 2027-06-30. */
    private @Nullable LocalDate until;

    public @Nullable String getKey() {
      return this.key;
    }

    public void setKey(@Nullable String key) {
      this.key = key;
    }

    public @Nullable LocalDate getUntil() {
      return this.until;
    }

    public void setUntil(@Nullable LocalDate until) {
      this.until = until;
    }
  }

  /** Compiled code. */
  public static class Cache {

    /**
     * Memory that cached compiled code may take, about, heap and metaspace together. Classes take
     * at most half of the metaspace where that is limited.
     */
    private DataSize maxWeight = DataSize.ofBytes(CompiledModuleCache.DEFAULT_WEIGHT);

    /**
     * Directory for compiled code, so that modules start faster when the application starts again;
     * nothing is kept on disk without one. Nobody else may be able to write to it.
     */
    private @Nullable Path directory;

    /** Disk space that compiled code may take. */
    private DataSize maxDiskSize = DataSize.ofMegabytes(512);

    public DataSize getMaxWeight() {
      return this.maxWeight;
    }

    public void setMaxWeight(DataSize maxWeight) {
      this.maxWeight = maxWeight;
    }

    public @Nullable Path getDirectory() {
      return this.directory;
    }

    public void setDirectory(@Nullable Path directory) {
      this.directory = directory;
    }

    public DataSize getMaxDiskSize() {
      return this.maxDiskSize;
    }

    public void setMaxDiskSize(DataSize maxDiskSize) {
      this.maxDiskSize = maxDiskSize;
    }
  }

  /** Memory of all modules together. */
  public static class Memory {

    /**
     * Memory that the instances of all modules may have together. By default 1 GB, but no more than
     * half of the heap.
     */
    private @Nullable DataSize budget;

    /** What happens when the budget is used up to a mark. By default a warning at 90 percent. */
    private List<MemoryAlert> alerts = List.of(MemoryAlert.warningAt(90));

    public @Nullable DataSize getBudget() {
      return this.budget;
    }

    public void setBudget(@Nullable DataSize budget) {
      this.budget = budget;
    }

    public List<MemoryAlert> getAlerts() {
      return this.alerts;
    }

    public void setAlerts(List<MemoryAlert> alerts) {
      this.alerts = alerts;
    }
  }

  /** What happens when memory reaches a mark. */
  public static class MemoryAlert {

    /** Mark in percent of what there may be, such as 80%. */
    private @Nullable Percentage threshold;

    /** Lower mark, below which the alert is over. By default 10 percent below the threshold. */
    private @Nullable Percentage clearBelow;

    /** What happens at the mark. */
    private Set<WasmMemoryAlert.Action> actions =
        EnumSet.of(WasmMemoryAlert.Action.EVENT, WasmMemoryAlert.Action.LOG);

    static MemoryAlert warningAt(int percent) {
      MemoryAlert alert = new MemoryAlert();
      alert.setThreshold(new Percentage(percent));
      return alert;
    }

    public @Nullable Percentage getThreshold() {
      return this.threshold;
    }

    public void setThreshold(@Nullable Percentage threshold) {
      this.threshold = threshold;
    }

    public @Nullable Percentage getClearBelow() {
      return this.clearBelow;
    }

    public void setClearBelow(@Nullable Percentage clearBelow) {
      this.clearBelow = clearBelow;
    }

    public Set<WasmMemoryAlert.Action> getActions() {
      return this.actions;
    }

    public void setActions(Set<WasmMemoryAlert.Action> actions) {
      this.actions = actions;
    }
  }

  /** Calls that answer later. */
  public static class Threads {

    /**
     * Number of calls that run at the same time, of all modules together. By default twice the
     * number of cores, but at least 4.
     */
    private @Nullable Integer max;

    /** Number of calls of one module that wait for a thread. */
    private @Nullable Integer queueCapacity;

    /** What becomes of the next call of a module whose queue is full. */
    private @Nullable WasmQueuePolicy queuePolicy;

    /** Time that a caller waits for room in the queue if that is the policy. */
    private @Nullable Duration queueTimeout;

    public @Nullable Integer getMax() {
      return this.max;
    }

    public void setMax(@Nullable Integer max) {
      this.max = max;
    }

    public @Nullable Integer getQueueCapacity() {
      return this.queueCapacity;
    }

    public void setQueueCapacity(@Nullable Integer queueCapacity) {
      this.queueCapacity = queueCapacity;
    }

    public @Nullable WasmQueuePolicy getQueuePolicy() {
      return this.queuePolicy;
    }

    public void setQueuePolicy(@Nullable WasmQueuePolicy queuePolicy) {
      this.queuePolicy = queuePolicy;
    }

    public @Nullable Duration getQueueTimeout() {
      return this.queueTimeout;
    }

    public void setQueueTimeout(@Nullable Duration queueTimeout) {
      this.queueTimeout = queueTimeout;
    }
  }

  /** Modules that libraries bring along. */
  public static class Providers {

    /** Whether modules of providers on the class path are registered. */
    private boolean enabled = true;

    public boolean isEnabled() {
      return this.enabled;
    }

    public void setEnabled(boolean enabled) {
      this.enabled = enabled;
    }
  }

  /** Events about modules and calls. */
  public static class Events {

    /** Whether events about modules are published as application events. */
    private boolean enabled = true;

    public boolean isEnabled() {
      return this.enabled;
    }

    public void setEnabled(boolean enabled) {
      this.enabled = enabled;
    }
  }

  /** How a module is run. */
  public static class Settings {

    /** How code is run. */
    private @Nullable WasmEngineMode engine;

    /**
     * Whether functions that HotSpot would not compile for their size are split before the module
     * is compiled.
     */
    private @Nullable Boolean splitBigFunctions;

    /** What is logged of each call. */
    private @Nullable WasmDebugMode debug;

    /** Who answers calls. */
    private @Nullable WasmExecutionMode executionMode;

    /** When a module is read and compiled. */
    private @Nullable WasmLoadPolicy load;

    /** Which of the modules that are loaded ahead of their first call goes first. */
    private @Nullable WasmPriority loadPriority;

    /** How often it is looked whether a module has changed where it comes from. Zero for never. */
    private @Nullable Duration checkInterval;

    /** Whether a module that is a file is loaded again as soon as the file has changed. */
    private @Nullable Boolean watch;

    @NestedConfigurationProperty private final RolloutProperties rollout = new RolloutProperties();

    private final Limits limits = new Limits();

    private final Pool pool = new Pool();

    private final Fallback fallback = new Fallback();

    private final Retry retry = new Retry();

    private final Quarantine quarantine = new Quarantine();

    private final Wasi wasi = new Wasi();

    /**
     * Host functions that a module may import of those that the application offers, such as
     * env.log, or env.* for all of a module name.
     */
    private @Nullable List<String> imports;

    private final Publishing channels = new Publishing();

    private final ModuleThreads threads = new ModuleThreads();

    public @Nullable Boolean getSplitBigFunctions() {
      return this.splitBigFunctions;
    }

    public void setSplitBigFunctions(@Nullable Boolean splitBigFunctions) {
      this.splitBigFunctions = splitBigFunctions;
    }

    public @Nullable WasmDebugMode getDebug() {
      return this.debug;
    }

    public void setDebug(@Nullable WasmDebugMode debug) {
      this.debug = debug;
    }

    public @Nullable WasmEngineMode getEngine() {
      return this.engine;
    }

    public void setEngine(@Nullable WasmEngineMode engine) {
      this.engine = engine;
    }

    public @Nullable WasmExecutionMode getExecutionMode() {
      return this.executionMode;
    }

    public void setExecutionMode(@Nullable WasmExecutionMode executionMode) {
      this.executionMode = executionMode;
    }

    public @Nullable WasmPriority getLoadPriority() {
      return this.loadPriority;
    }

    public void setLoadPriority(@Nullable WasmPriority loadPriority) {
      this.loadPriority = loadPriority;
    }

    public @Nullable Duration getCheckInterval() {
      return this.checkInterval;
    }

    public void setCheckInterval(@Nullable Duration checkInterval) {
      this.checkInterval = checkInterval;
    }

    public @Nullable Boolean getWatch() {
      return this.watch;
    }

    public void setWatch(@Nullable Boolean watch) {
      this.watch = watch;
    }

    public RolloutProperties getRollout() {
      return this.rollout;
    }

    public @Nullable WasmLoadPolicy getLoad() {
      return this.load;
    }

    public void setLoad(@Nullable WasmLoadPolicy load) {
      this.load = load;
    }

    public Limits getLimits() {
      return this.limits;
    }

    public Pool getPool() {
      return this.pool;
    }

    public Fallback getFallback() {
      return this.fallback;
    }

    public Retry getRetry() {
      return this.retry;
    }

    public Quarantine getQuarantine() {
      return this.quarantine;
    }

    public Wasi getWasi() {
      return this.wasi;
    }

    public @Nullable List<String> getImports() {
      return this.imports;
    }

    public void setImports(@Nullable List<String> imports) {
      this.imports = imports;
    }

    public Publishing getChannels() {
      return this.channels;
    }

    public ModuleThreads getThreads() {
      return this.threads;
    }
  }

  /** Messages of a module. */
  public static class Publishing {

    /** Patterns of the topics to which a module may publish messages, such as orders.*. */
    private @Nullable List<String> publish;

    public @Nullable List<String> getPublish() {
      return this.publish;
    }

    public void setPublish(@Nullable List<String> publish) {
      this.publish = publish;
    }
  }

  /** What a module is and where, and how it is run. */
  public static class Module extends ModuleVersion {

    /** Semantic version of the module. */
    private @Nullable String version;

    /**
     * Range of versions that are for callers who ask for none in particular. By default the newest
     * version is.
     */
    private @Nullable String defaultVersion;

    /**
     * Versions of the module that are there side by side, by their version numbers, which stand in
     * brackets. What a version does not say, the module says.
     */
    private final Map<String, ModuleVersion> versions = new LinkedHashMap<>();

    public @Nullable String getVersion() {
      return this.version;
    }

    public void setVersion(@Nullable String version) {
      this.version = version;
    }

    public @Nullable String getDefaultVersion() {
      return this.defaultVersion;
    }

    public void setDefaultVersion(@Nullable String defaultVersion) {
      this.defaultVersion = defaultVersion;
    }

    public Map<String, ModuleVersion> getVersions() {
      return this.versions;
    }
  }

  /** What a version of a module is, where it is, and how it is run. */
  public static class ModuleVersion extends Settings {

    /** Location of the module, such as classpath:wasm/greeter.wasm. */
    private @Nullable String location;

    /** SHA-256 digest that the bytes of the module must have. */
    private @Nullable String digest;

    /**
     * Location of the signature that the bytes of the module must have. By default, where one is
     * required, that of the module with .minisig or .sigstore.json behind it.
     */
    private @Nullable String signature;

    /** Sentence that says what the module does. */
    private @Nullable String description;

    /** Words to find the module by, beside those of its provider. */
    private Set<String> tags = new LinkedHashSet<>();

    /**
     * Name of the class that the build-time compiler made of the module, which is run in place of
     * the bytes at its location.
     */
    private @Nullable String compiledClass;

    /** Name of the calling convention. By default it is told from the exports. */
    private @Nullable String convention;

    /**
     * Ranges of versions of the modules that the module depends on, by their ids. What it imports
     * from a module name that is one of these ids, it gets from that module.
     */
    private final Map<String, String> dependencies = new LinkedHashMap<>();

    /** Ids of dependencies by the module names from which the module imports what they export. */
    private final Map<String, String> links = new LinkedHashMap<>();

    public @Nullable String getLocation() {
      return this.location;
    }

    public void setLocation(@Nullable String location) {
      this.location = location;
    }

    public @Nullable String getDigest() {
      return this.digest;
    }

    public void setDigest(@Nullable String digest) {
      this.digest = digest;
    }

    public @Nullable String getSignature() {
      return this.signature;
    }

    public void setSignature(@Nullable String signature) {
      this.signature = signature;
    }

    public @Nullable String getDescription() {
      return this.description;
    }

    public void setDescription(@Nullable String description) {
      this.description = description;
    }

    public Set<String> getTags() {
      return this.tags;
    }

    public void setTags(Set<String> tags) {
      this.tags = tags;
    }

    public @Nullable String getCompiledClass() {
      return this.compiledClass;
    }

    public void setCompiledClass(@Nullable String compiledClass) {
      this.compiledClass = compiledClass;
    }

    public @Nullable String getConvention() {
      return this.convention;
    }

    public void setConvention(@Nullable String convention) {
      this.convention = convention;
    }

    public Map<String, String> getDependencies() {
      return this.dependencies;
    }

    public Map<String, String> getLinks() {
      return this.links;
    }
  }

  /** What one instance and one call may use. */
  public static class Limits {

    /** Size that the memory of an instance may grow to. */
    private @Nullable DataSize memory;

    /** Time that the module may run for one call. */
    private @Nullable Duration timeout;

    /** Size that the arguments of one call may have together. */
    private @Nullable DataSize payload;

    /** Size that the result of one call may have. */
    private @Nullable DataSize output;

    /** Number of names, values and brackets that the result of one call may have if it is JSON. */
    private @Nullable Long jsonTokens;

    /** Number of elements that the tables of an instance may have together. */
    private @Nullable Long tableElements;

    /** Number of functions that the module may define. */
    private @Nullable Long functions;

    /** Time to wait until the module is parsed and compiled. */
    private @Nullable Duration compileTimeout;

    /** What happens when the memory of an instance is used up to a mark. By default nothing. */
    private @Nullable List<MemoryAlert> memoryAlerts;

    /** Number of threads that the guest of an instance may have besides its caller's. */
    private @Nullable Integer guestThreads;

    /**
     * Stack that the calls of an instance run on, on a thread of its own. By default, or with 0,
     * calls run on the thread of the caller.
     */
    private @Nullable DataSize stack;

    public @Nullable DataSize getMemory() {
      return this.memory;
    }

    public void setMemory(@Nullable DataSize memory) {
      this.memory = memory;
    }

    public @Nullable Duration getTimeout() {
      return this.timeout;
    }

    public void setTimeout(@Nullable Duration timeout) {
      this.timeout = timeout;
    }

    public @Nullable DataSize getPayload() {
      return this.payload;
    }

    public void setPayload(@Nullable DataSize payload) {
      this.payload = payload;
    }

    public @Nullable DataSize getOutput() {
      return this.output;
    }

    public void setOutput(@Nullable DataSize output) {
      this.output = output;
    }

    public @Nullable Long getJsonTokens() {
      return this.jsonTokens;
    }

    public void setJsonTokens(@Nullable Long jsonTokens) {
      this.jsonTokens = jsonTokens;
    }

    public @Nullable Long getTableElements() {
      return this.tableElements;
    }

    public void setTableElements(@Nullable Long tableElements) {
      this.tableElements = tableElements;
    }

    public @Nullable Long getFunctions() {
      return this.functions;
    }

    public void setFunctions(@Nullable Long functions) {
      this.functions = functions;
    }

    public @Nullable Duration getCompileTimeout() {
      return this.compileTimeout;
    }

    public void setCompileTimeout(@Nullable Duration compileTimeout) {
      this.compileTimeout = compileTimeout;
    }

    public @Nullable List<MemoryAlert> getMemoryAlerts() {
      return this.memoryAlerts;
    }

    public void setMemoryAlerts(@Nullable List<MemoryAlert> memoryAlerts) {
      this.memoryAlerts = memoryAlerts;
    }

    public @Nullable Integer getGuestThreads() {
      return this.guestThreads;
    }

    public void setGuestThreads(@Nullable Integer guestThreads) {
      this.guestThreads = guestThreads;
    }

    public @Nullable DataSize getStack() {
      return this.stack;
    }

    public void setStack(@Nullable DataSize stack) {
      this.stack = stack;
    }
  }

  /** The instances of a module. */
  public static class Pool {

    /** Number of instances that are made when the module is loaded and kept even when idle. */
    private @Nullable Integer min;

    /** Number of instances above which a caller waits. */
    private @Nullable Integer max;

    /** Time after which an idle instance is thrown away. */
    private @Nullable Duration idleTime;

    /** Time that a caller waits for an instance before it is rejected. */
    private @Nullable Duration borrowTimeout;

    /** Number of borrowers after which an instance is thrown away. Zero means never. */
    private @Nullable Long recycleAfter;

    /**
     * Size by which the memory of an instance may have grown, and stay grown, before it is thrown
     * away when it is given back.
     */
    private @Nullable DataSize recycleAbove;

    /** Number of idle instances that are kept ready for the next callers, within max. */
    private @Nullable Integer prepared;

    /** Time after which a session loses its instance. Zero means never. */
    private @Nullable Duration maxSessionTime;

    /** Whether sessions remember who opened them, for the warning about one never closed. */
    private @Nullable Boolean traceSessions;

    /** What happens to the state of an instance between two borrowers. */
    private @Nullable WasmResetPolicy reset;

    /**
     * Exported function without parameters that is called once, before any instance is used; all
     * instances begin with what it leaves.
     */
    private @Nullable String prepare;

    /** Time that preparing an instance may take. */
    private @Nullable Duration prepareTimeout;

    public @Nullable Integer getMin() {
      return this.min;
    }

    public void setMin(@Nullable Integer min) {
      this.min = min;
    }

    public @Nullable Integer getMax() {
      return this.max;
    }

    public void setMax(@Nullable Integer max) {
      this.max = max;
    }

    public @Nullable Duration getIdleTime() {
      return this.idleTime;
    }

    public void setIdleTime(@Nullable Duration idleTime) {
      this.idleTime = idleTime;
    }

    public @Nullable Duration getBorrowTimeout() {
      return this.borrowTimeout;
    }

    public void setBorrowTimeout(@Nullable Duration borrowTimeout) {
      this.borrowTimeout = borrowTimeout;
    }

    public @Nullable Long getRecycleAfter() {
      return this.recycleAfter;
    }

    public void setRecycleAfter(@Nullable Long recycleAfter) {
      this.recycleAfter = recycleAfter;
    }

    public @Nullable DataSize getRecycleAbove() {
      return this.recycleAbove;
    }

    public void setRecycleAbove(@Nullable DataSize recycleAbove) {
      this.recycleAbove = recycleAbove;
    }

    public @Nullable Integer getPrepared() {
      return this.prepared;
    }

    public void setPrepared(@Nullable Integer prepared) {
      this.prepared = prepared;
    }

    public @Nullable Duration getMaxSessionTime() {
      return this.maxSessionTime;
    }

    public void setMaxSessionTime(@Nullable Duration maxSessionTime) {
      this.maxSessionTime = maxSessionTime;
    }

    public @Nullable Boolean getTraceSessions() {
      return this.traceSessions;
    }

    public void setTraceSessions(@Nullable Boolean traceSessions) {
      this.traceSessions = traceSessions;
    }

    public @Nullable WasmResetPolicy getReset() {
      return this.reset;
    }

    public void setReset(@Nullable WasmResetPolicy reset) {
      this.reset = reset;
    }

    public @Nullable String getPrepare() {
      return this.prepare;
    }

    public void setPrepare(@Nullable String prepare) {
      this.prepare = prepare;
    }

    public @Nullable Duration getPrepareTimeout() {
      return this.prepareTimeout;
    }

    public void setPrepareTimeout(@Nullable Duration prepareTimeout) {
      this.prepareTimeout = prepareTimeout;
    }
  }

  /** Java fallbacks. */
  public static class Fallback {

    /** Whether a Java fallback answers when the module fails. */
    private @Nullable Boolean enabled;

    public @Nullable Boolean getEnabled() {
      return this.enabled;
    }

    public void setEnabled(@Nullable Boolean enabled) {
      this.enabled = enabled;
    }
  }

  /** Trying again. */
  public static class Retry {

    /** Number of times that a call is tried, the first time included. */
    private @Nullable Integer maxAttempts;

    /** Time before the second attempt. */
    private @Nullable Duration delay;

    /** By how much each further time is longer than the one before, 1 for as long. */
    private @Nullable Double multiplier;

    /** Longest time between two attempts, unless the delay is longer. */
    private @Nullable Duration maxDelay;

    /** By how much the time between two attempts is longer or shorter by chance. */
    private @Nullable Duration jitter;

    /** Time for all attempts and what is between them, unless the timeout is longer. */
    private @Nullable Duration maxTime;

    /**
     * Categories of failures that are tried again. By default those that may pass, but for
     * time-outs.
     */
    private @Nullable Set<WasmErrorCategory> categories;

    /**
     * Name of a bean of type RetryPolicy or WasmRetryPolicy that decides instead of these
     * properties.
     */
    private @Nullable String policy;

    public @Nullable Integer getMaxAttempts() {
      return this.maxAttempts;
    }

    public void setMaxAttempts(@Nullable Integer maxAttempts) {
      this.maxAttempts = maxAttempts;
    }

    public @Nullable Duration getDelay() {
      return this.delay;
    }

    public void setDelay(@Nullable Duration delay) {
      this.delay = delay;
    }

    public @Nullable Double getMultiplier() {
      return this.multiplier;
    }

    public void setMultiplier(@Nullable Double multiplier) {
      this.multiplier = multiplier;
    }

    public @Nullable Duration getMaxDelay() {
      return this.maxDelay;
    }

    public void setMaxDelay(@Nullable Duration maxDelay) {
      this.maxDelay = maxDelay;
    }

    public @Nullable Duration getJitter() {
      return this.jitter;
    }

    public void setJitter(@Nullable Duration jitter) {
      this.jitter = jitter;
    }

    public @Nullable Duration getMaxTime() {
      return this.maxTime;
    }

    public void setMaxTime(@Nullable Duration maxTime) {
      this.maxTime = maxTime;
    }

    public @Nullable Set<WasmErrorCategory> getCategories() {
      return this.categories;
    }

    public void setCategories(@Nullable Set<WasmErrorCategory> categories) {
      this.categories = categories;
    }

    public @Nullable String getPolicy() {
      return this.policy;
    }

    public void setPolicy(@Nullable String policy) {
      this.policy = policy;
    }
  }

  /** Leaving alone what fails again and again. */
  public static class Quarantine {

    /**
     * Number of failures in a row after which an operation is not called for some time, 0 for
     * never.
     */
    private @Nullable Integer failures;

    /** How long it is not called at first; doubled each time that the next call fails too. */
    private @Nullable Duration time;

    /** The longest time between two calls that are let through. */
    private @Nullable Duration maxTime;

    /** Name of a circuit breaker of resilience4j that takes the place of the quarantine. */
    private @Nullable String circuitBreaker;

    public @Nullable Integer getFailures() {
      return this.failures;
    }

    public void setFailures(@Nullable Integer failures) {
      this.failures = failures;
    }

    public @Nullable Duration getTime() {
      return this.time;
    }

    public void setTime(@Nullable Duration time) {
      this.time = time;
    }

    public @Nullable Duration getMaxTime() {
      return this.maxTime;
    }

    public void setMaxTime(@Nullable Duration maxTime) {
      this.maxTime = maxTime;
    }

    public @Nullable String getCircuitBreaker() {
      return this.circuitBreaker;
    }

    public void setCircuitBreaker(@Nullable String circuitBreaker) {
      this.circuitBreaker = circuitBreaker;
    }
  }

  /** Calls of a module that answer later. */
  public static class ModuleThreads {

    /**
     * Number of calls of the module that run at the same time. By default, or with 0, three
     * quarters of all, so that some are left for other modules.
     */
    private @Nullable Integer max;

    /** Which calls of the module go first when they wait for a thread. */
    private @Nullable WasmPriority priority;

    public @Nullable Integer getMax() {
      return this.max;
    }

    public void setMax(@Nullable Integer max) {
      this.max = max;
    }

    public @Nullable WasmPriority getPriority() {
      return this.priority;
    }

    public void setPriority(@Nullable WasmPriority priority) {
      this.priority = priority;
    }
  }

  /** What a module that imports WASI gets of the world outside. */
  public static class Wasi {

    /** Whether a module that imports functions of WASI gets them. */
    private @Nullable Boolean enabled;

    /** Variables that the module sees. */
    private final Map<String, String> environment = new LinkedHashMap<>();

    /** Arguments that the module sees behind its own name. */
    private List<String> arguments = new ArrayList<>();

    /** Directories that the module sees. */
    private List<WasiDirectory> directories = new ArrayList<>();

    /** What becomes of standard output, unless it is the answer of a command. */
    private WasiSettings.@Nullable Output stdout;

    /** What becomes of standard error. */
    private WasiSettings.@Nullable Output stderr;

    /** Size of the output that is logged until the instance is reset. */
    private @Nullable DataSize logLimit;

    /** Size by which files may be written and grow until the instance is reset. */
    private @Nullable DataSize writeLimit;

    /**
     * Size by which all instances of the module together may write files and let them grow while it
     * is loaded.
     */
    private @Nullable DataSize totalWriteLimit;

    /** Steps in which clocks and the times of files advance. */
    private @Nullable Duration clockResolution;

    /** Whether the module gets random numbers, from a secure source. */
    private @Nullable Boolean random;

    public @Nullable Boolean getEnabled() {
      return this.enabled;
    }

    public void setEnabled(@Nullable Boolean enabled) {
      this.enabled = enabled;
    }

    public Map<String, String> getEnvironment() {
      return this.environment;
    }

    public List<String> getArguments() {
      return this.arguments;
    }

    public void setArguments(List<String> arguments) {
      this.arguments = arguments;
    }

    public List<WasiDirectory> getDirectories() {
      return this.directories;
    }

    public void setDirectories(List<WasiDirectory> directories) {
      this.directories = directories;
    }

    public WasiSettings.@Nullable Output getStdout() {
      return this.stdout;
    }

    public void setStdout(WasiSettings.@Nullable Output stdout) {
      this.stdout = stdout;
    }

    public WasiSettings.@Nullable Output getStderr() {
      return this.stderr;
    }

    public void setStderr(WasiSettings.@Nullable Output stderr) {
      this.stderr = stderr;
    }

    public @Nullable DataSize getLogLimit() {
      return this.logLimit;
    }

    public void setLogLimit(@Nullable DataSize logLimit) {
      this.logLimit = logLimit;
    }

    public @Nullable DataSize getWriteLimit() {
      return this.writeLimit;
    }

    public void setWriteLimit(@Nullable DataSize writeLimit) {
      this.writeLimit = writeLimit;
    }

    public @Nullable DataSize getTotalWriteLimit() {
      return this.totalWriteLimit;
    }

    public void setTotalWriteLimit(@Nullable DataSize totalWriteLimit) {
      this.totalWriteLimit = totalWriteLimit;
    }

    public @Nullable Duration getClockResolution() {
      return this.clockResolution;
    }

    public void setClockResolution(@Nullable Duration clockResolution) {
      this.clockResolution = clockResolution;
    }

    public @Nullable Boolean getRandom() {
      return this.random;
    }

    public void setRandom(@Nullable Boolean random) {
      this.random = random;
    }
  }

  /** A directory that a module sees. */
  public static class WasiDirectory {

    /** Path by which the module knows the directory. */
    private @Nullable String guest;

    /** Where the directory is. */
    private @Nullable Path host;

    /** What the module may do in the directory. */
    private WasiSettings.Access mode = WasiSettings.Access.READ_ONLY;

    public @Nullable String getGuest() {
      return this.guest;
    }

    public void setGuest(@Nullable String guest) {
      this.guest = guest;
    }

    public @Nullable Path getHost() {
      return this.host;
    }

    public void setHost(@Nullable Path host) {
      this.host = host;
    }

    public WasiSettings.Access getMode() {
      return this.mode;
    }

    public void setMode(WasiSettings.Access mode) {
      this.mode = mode;
    }
  }
}
