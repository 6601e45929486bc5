package io.github.wasmspring.internal.load;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.internal.module.ShownLocation;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.load.WasmLocationResolver;
import io.github.wasmspring.load.WasmModuleLoader;
import io.github.wasmspring.load.WasmSignatures;
import io.github.wasmspring.module.WasmDigest;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.SignatureException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads modules through the first resolver that knows their location. */
public final class DefaultWasmModuleLoader implements WasmModuleLoader {

  private final List<WasmLocationResolver> resolvers;
  private final long maxSize;
  private final SignatureGate signatures;

  private final LastReads lastReads = new LastReads();

  /**
   * @param maxSize modules of more bytes than this are refused
   */
  public DefaultWasmModuleLoader(List<WasmLocationResolver> resolvers, long maxSize) {
    this(resolvers, maxSize, WasmSignatures.NONE);
  }

  private DefaultWasmModuleLoader(
      List<WasmLocationResolver> resolvers, long maxSize, WasmSignatures signatures) {
    this(resolvers, maxSize, new SignatureGate(signatures, Clock.systemUTC()));
  }

  DefaultWasmModuleLoader(
      List<WasmLocationResolver> resolvers, long maxSize, SignatureGate signatures) {
    this.resolvers = List.copyOf(resolvers);
    this.maxSize = maxSize;
    this.signatures = signatures;
  }

  /**
   * Reads from class path, WebJars, files, servers and registries.
   *
   * @param further asked before those
   * @param http how servers are asked; modules of more bytes than it allows are refused
   * @param oci how registries are
   * @param signatures which modules must be signed
   */
  public static DefaultWasmModuleLoader of(
      List<WasmLocationResolver> further,
      HttpSettings http,
      OciSettings oci,
      WasmSignatures signatures) {
    List<WasmLocationResolver> resolvers = new ArrayList<>(further);
    resolvers.add(new ClasspathLocationResolver());
    resolvers.add(new WebJarLocationResolver());
    resolvers.add(new FileLocationResolver());
    HttpReader reader = new HttpReader(http);
    resolvers.add(new HttpLocationResolver(reader));
    resolvers.add(new OciLocationResolver(reader, oci));
    return new DefaultWasmModuleLoader(resolvers, http.maxSize(), signatures);
  }

  @Override
  public WasmBinary load(WasmModuleDescriptor module) {
    String location = module.location();
    if (location == null) {
      throw failure(module, WasmErrorCategory.LOAD, "it says no location", null);
    }
    String key = LastReads.key(location, module.isFromOutside());
    String digest = null;
    byte[] bytes;
    this.lastReads.begin(key);
    try {
      bytes = read(module, location, this.maxSize);
      digest = WasmDigest.of(bytes);
    } finally {
      this.lastReads.end(key, digest);
    }
    String found = WasmFileKind.describeUnlessModule(bytes);
    if (found != null) {
      throw failure(
          module,
          WasmErrorCategory.MALFORMED,
          "what is at %s is not a WebAssembly module: %s".formatted(module.shownLocation(), found),
          null);
    }
    if (module.digest() != null && !module.digest().equals(digest)) {
      throw failure(
          module,
          WasmErrorCategory.INTEGRITY,
          "what is at %s has the digest %s, but %s is required; either it was changed, or the configured digest is out of date"
              .formatted(module.shownLocation(), digest, module.digest()),
          null);
    }
    return verified(module, bytes, digest, location);
  }

  /** The bytes with who has signed them, if they need a signature. */
  private WasmBinary verified(
      WasmModuleDescriptor module, byte[] bytes, String digest, String from) {
    List<String> locations = this.signatures.locations(module);
    if (locations.isEmpty()) {
      return new WasmBinary(bytes, digest, ShownLocation.of(from));
    }
    try {
      byte[] signature = signature(module, locations);
      String signer = this.signatures.verify(bytes, signature);
      return new WasmBinary(bytes, digest, ShownLocation.of(from), signer, signature);
    } catch (SignatureException refused) {
      throw failure(
          module,
          WasmErrorCategory.INTEGRITY,
          "what is at %s is not trusted: %s"
              .formatted(module.shownLocation(), refused.getMessage()),
          refused);
    }
  }

  /** The first that is there. */
  private byte[] signature(WasmModuleDescriptor module, List<String> locations)
      throws SignatureException {
    WasmException missing = null;
    for (String location : locations) {
      try {
        return read(module, location, this.signatures.maxSize());
      } catch (WasmException unreadable) {
        if (!(unreadable.getCause() instanceof FileNotFoundException)) {
          throw unreadable;
        }
        missing = unreadable;
      }
    }
    throw new SignatureException(
        "it has no signature at %s, but %s; %s makes one"
            .formatted(
                locations.stream().map(ShownLocation::of).collect(Collectors.joining(" or ")),
                this.signatures.reason(module),
                this.signatures.makers()),
        missing);
  }

  @Override
  public List<String> signatureSuffixes() {
    return this.signatures.suffixes();
  }

  @Override
  public int maxSignatureSize() {
    return this.signatures.maxSize();
  }

  @Override
  public boolean mayHaveChanged(WasmModuleDescriptor module, String digest) {
    String location = module.location();
    if (location == null) {
      return false;
    }
    String key = LastReads.key(location, module.isFromOutside());
    if (!this.lastReads.is(key, digest)) {
      return true;
    }
    WasmLocationResolver resolver = resolver(module, location);
    boolean changed =
        reading(
            module,
            location,
            () -> resolver.mayHaveChanged(location, module.classLoader(), module.isFromOutside()));
    return changed || !this.lastReads.is(key, digest);
  }

  private byte[] read(WasmModuleDescriptor module, String location, long most) {
    WasmLocationResolver resolver = resolver(module, location);
    return reading(
        module,
        location,
        () -> {
          try (InputStream stream = open(resolver, module, location)) {
            return read(location, stream, most);
          }
        });
  }

  private static InputStream open(
      WasmLocationResolver resolver, WasmModuleDescriptor module, String location)
      throws IOException {
    return module.isFromOutside()
        ? resolver.openFromOutside(location, module.classLoader())
        : resolver.open(location, module.classLoader());
  }

  private static byte[] read(String location, InputStream stream, long most) throws IOException {
    Packing packing = Packing.ofLocation(location);
    return packing == null
        ? BoundedBytes.read(stream, most, "it")
        : BoundedBytes.read(
            packing.unpackUnlessModule(GuardedStream.upTo(most, stream)), most, "unpacked, it");
  }

  private WasmLocationResolver resolver(WasmModuleDescriptor module, String location) {
    return this.resolvers.stream()
        .filter(candidate -> candidate.supports(location))
        .findFirst()
        .orElseThrow(
            () ->
                failure(
                    module,
                    WasmErrorCategory.LOAD,
                    "nothing here can read the location '%s'; locations start with classpath:, webjar:, file:, http://, https:// or oci:"
                        .formatted(ShownLocation.of(location)),
                    null));
  }

  /** Something about a location that can fail as reading it does. */
  @FunctionalInterface
  private interface Reading<T> {
    T now() throws IOException;
  }

  private static <T> T reading(WasmModuleDescriptor module, String location, Reading<T> reading) {
    try {
      return reading.now();
    } catch (FileNotFoundException missing) {
      throw unreadable(module, location, missing, "nothing is at %s: %s");
    } catch (RefusedContentException refused) {
      throw failure(
          module,
          refused.category(),
          "what is at %s is refused: %s"
              .formatted(ShownLocation.of(location), refused.getMessage()),
          refused);
    } catch (IOException | RuntimeException failed) {
      throw unreadable(module, location, failed, "%s can't be read: %s");
    }
  }

  private static WasmException unreadable(
      WasmModuleDescriptor module, String location, Exception failed, String detail) {
    Exception cause = new LocationSecrets(location).hide(failed);
    String message = cause.getMessage();
    return failure(
        module,
        WasmErrorCategory.LOAD,
        detail.formatted(
            ShownLocation.of(location),
            message != null ? message : cause.getClass().getSimpleName()),
        cause);
  }

  private static WasmException failure(
      WasmModuleDescriptor module,
      WasmErrorCategory category,
      String detail,
      @Nullable Throwable cause) {
    return new WasmLoadException(category, module.shownLocation(), detail, cause)
        .locate(WasmErrorContext.of(module.id(), module.version()));
  }
}
