package io.github.wasmspring.load;

import io.github.wasmspring.internal.signature.MinisignKey;
import io.github.wasmspring.internal.signature.MinisignSignature;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which modules must be signed, and by whom. */
public final class WasmSignatures {

  /** Only modules that say where their signature is are held against it; nobody is trusted. */
  public static final WasmSignatures NONE = builder().build();

  /** Which modules must be signed. */
  public enum Required {
    /** Those that say where their signature is. */
    NEVER,
    /** Those too that come from outside of the class path. */
    OUTSIDE,
    /** All that have bytes; what was compiled in the build and is on the class path has none. */
    ALWAYS
  }

  /**
   * A key that modules may be signed with.
   *
   * @param name for people
   * @param key the public key of minisign, as its {@code .pub} file has it
   * @param until the last day on which it is trusted, in UTC; {@code null} for no end
   */
  public record TrustedKey(String name, String key, @Nullable LocalDate until) {

    /**
     * @throws IllegalArgumentException if it is no such key
     */
    public TrustedKey {
      MinisignKey.parse(key);
    }
  }

  private static final Pattern SUFFIX = Pattern.compile("\\.[A-Za-z0-9][A-Za-z0-9._-]*");

  private final Required required;
  private final List<TrustedKey> keys;
  private final List<WasmSignatureVerifier> verifiers;

  private WasmSignatures(Builder builder) {
    this.required = builder.required;
    this.keys = List.copyOf(builder.keys);
    this.verifiers = List.copyOf(builder.verifiers);
  }

  public static Builder builder() {
    return new Builder();
  }

  public Required required() {
    return this.required;
  }

  public List<TrustedKey> keys() {
    return this.keys;
  }

  /** What verifies signatures of other forms than that of minisign. */
  public List<WasmSignatureVerifier> verifiers() {
    return this.verifiers;
  }

  /** Collects whose signatures are wanted. */
  public static final class Builder {

    private Required required = Required.NEVER;
    private final List<TrustedKey> keys = new ArrayList<>();
    private final List<WasmSignatureVerifier> verifiers = new ArrayList<>();

    private Builder() {}

    public Builder required(Required required) {
      this.required = required;
      return this;
    }

    /**
     * Trusts a key. Several may be trusted at a time, so that one can take the place of another.
     *
     * @param until the last day on which it is trusted, in UTC; {@code null} for no end
     * @throws IllegalArgumentException if it is not the public key of minisign
     */
    public Builder trust(String name, String key, @Nullable LocalDate until) {
      this.keys.add(new TrustedKey(name, key, until));
      return this;
    }

    /** Takes signatures of another form too. */
    public Builder verifier(WasmSignatureVerifier verifier) {
      this.verifiers.add(verifier);
      return this;
    }

    /**
     * @throws IllegalArgumentException if signatures are required and nobody is trusted, if two
     *     keys have the same id, so that a signature does not tell which it is of, or if the files
     *     of two forms have the same name
     */
    public WasmSignatures build() {
      Map<String, String> names = new HashMap<>();
      for (TrustedKey each : this.keys) {
        String other = names.put(MinisignKey.parse(each.key()).id(), each.name());
        if (other != null) {
          throw new IllegalArgumentException(
              "The trusted keys '%s' and '%s' have the same id; take one of them out"
                  .formatted(other, each.name()));
        }
      }
      requireDistinctSuffixes();
      if (this.required != Required.NEVER && this.keys.isEmpty() && this.verifiers.isEmpty()) {
        throw new IllegalArgumentException(
            "Signatures are required (%s), but no key is trusted, so that no module could be loaded"
                .formatted(this.required));
      }
      return new WasmSignatures(this);
    }

    private void requireDistinctSuffixes() {
      Set<String> suffixes = new HashSet<>(Set.of(MinisignSignature.SUFFIX));
      for (WasmSignatureVerifier each : this.verifiers) {
        String suffix = each.suffix();
        if (!SUFFIX.matcher(suffix).matches()) {
          throw new IllegalArgumentException(
              "No file of a signature can be called '%s' behind the name of the module; it is a dot and letters, such as .sig"
                  .formatted(suffix));
        }
        if (!suffixes.add(suffix)) {
          throw new IllegalArgumentException(
              "Two forms of signatures are called '%s'; take one of them out".formatted(suffix));
        }
      }
    }
  }
}
