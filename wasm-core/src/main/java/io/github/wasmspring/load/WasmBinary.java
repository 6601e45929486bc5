package io.github.wasmspring.load;

import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.binary.ModuleFacts;
import org.jspecify.annotations.Nullable;

/** The verified bytes of a module, and what they say. */
public final class WasmBinary {

  private final byte[] bytes;
  private final String digest;
  private final String location;
  private final @Nullable String signer;
  private final byte @Nullable [] signature;

  /** Threads that race read the same. */
  private @Nullable ModuleFacts facts;

  /** Threads that race validate twice. */
  private boolean valid;

  /**
   * @param bytes not to be changed by anybody
   * @param digest {@code sha256:} and 64 lower-case hexadecimal digits
   * @param location where they came from, for people to see: without what {@link
   *     io.github.wasmspring.internal.module.ShownLocation} hides
   */
  public WasmBinary(byte[] bytes, String digest, String location) {
    this(bytes, digest, location, null);
  }

  /**
   * @param bytes not to be changed by anybody
   * @param digest {@code sha256:} and 64 lower-case hexadecimal digits
   * @param location where they came from, for people to see
   * @param signer the name of the key or identity that has signed them, {@code null} if nobody
   *     looked
   */
  public WasmBinary(byte[] bytes, String digest, String location, @Nullable String signer) {
    this(bytes, digest, location, signer, null);
  }

  /**
   * @param bytes not to be changed by anybody
   * @param digest {@code sha256:} and 64 lower-case hexadecimal digits
   * @param location where they came from, for people to see
   * @param signer the name of the key or identity that has signed them, {@code null} if nobody
   *     looked
   * @param signature what is in the file of their signature, {@code null} if nobody looked; not to
   *     be changed by anybody
   */
  public WasmBinary(
      byte[] bytes,
      String digest,
      String location,
      @Nullable String signer,
      byte @Nullable [] signature) {
    this.bytes = bytes;
    this.digest = digest;
    this.location = location;
    this.signer = signer;
    this.signature = signature;
  }

  /** Not to be changed by anybody. */
  public byte[] bytes() {
    return this.bytes;
  }

  /** {@code sha256:} and 64 lower-case hexadecimal digits. */
  public String digest() {
    return this.digest;
  }

  /** Where the bytes came from, for people to see. */
  public String location() {
    return this.location;
  }

  /** The name of the key or identity that has signed the bytes, {@code null} if nobody looked. */
  public @Nullable String signer() {
    return this.signer;
  }

  /**
   * What is in the file of the signature of the bytes, {@code null} if nobody looked; not to be
   * changed by anybody.
   */
  public byte @Nullable [] signature() {
    return this.signature;
  }

  /**
   * What the bytes say, read when it is asked for first.
   *
   * @throws WasmLoadException {@code MALFORMED} if they are not a module, {@code INVALID} if they
   *     break a rule of the specification or have more of something than a module may have
   */
  public ModuleFacts facts() {
    ModuleFacts known = this.facts;
    if (known == null) {
      known = ModuleGate.read(this.bytes, this.location);
      this.facts = known;
    }
    return known;
  }

  /**
   * Holds the bytes against all rules of the specification, the first time that it is asked.
   * Engines do it before they make code of them, unless they do it themselves; what was made of
   * them before is not looked at again.
   *
   * @throws WasmLoadException {@code INVALID} if they break one, or use garbage collection
   */
  public void validate() {
    if (!this.valid) {
      ModuleGate.validate(this.bytes, facts(), this.location);
      this.valid = true;
    }
  }

  @Override
  public String toString() {
    return "%d bytes from %s".formatted(this.bytes.length, this.location);
  }
}
