package io.github.wasmspring.internal.plugin;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.internal.file.FileFailure;
import io.github.wasmspring.internal.load.FileLocationResolver;
import io.github.wasmspring.internal.load.LoadProgress;
import io.github.wasmspring.internal.module.ShownLocation;
import io.github.wasmspring.internal.module.ShownText;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.load.WasmModuleLoader;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.plugin.WasmPluginRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads what is to be a plug-in, and lets in what may be one: by size, digest and signature. */
final class PluginGate {

  static final String UPLOAD = "upload";

  private static final int LONGEST_LOCATION = 2_000;

  /** No path is longer, each of its bytes escaped. */
  private static final int LONGEST_FILE = 3 * 4_096;

  private final PluginShelf shelf;
  private final WasmModuleLoader loader;
  private final WasmEventPublisher events;
  private final long maxSize;

  /**
   * @param events told how far a download is
   */
  PluginGate(PluginShelf shelf, WasmModuleLoader loader, WasmEventPublisher events, long maxSize) {
    this.shelf = shelf;
    this.loader = loader;
    this.events = events;
    this.maxSize = maxSize;
  }

  /** Where the bytes come from, for people. */
  static String source(WasmPluginRequest request) {
    if (request.location() != null) {
      return ShownText.of(ShownLocation.of(request.location()), LONGEST_LOCATION);
    }
    return request.file() != null
        ? ShownText.of(ShownLocation.of(request.file().toUri().toString()), LONGEST_FILE)
        : UPLOAD;
  }

  /**
   * @param number that the revision would have
   * @throws WasmException if they can't be read, or may not be a plug-in
   */
  WasmBinary read(WasmPluginRequest request, int number, String version) {
    requireSignatureBeside(request, version);
    PluginLocation place = PluginLocation.of(request.id(), number);
    try (InputStream opened = open(request, version)) {
      String signature = signature(request, version);
      WasmModuleDescriptor module = module(request, place, version, signature != null);
      WasmBinary binary =
          this.shelf.withArriving(
              place,
              capped(opened),
              signature,
              () ->
                  LoadProgress.during(
                      this.events, module.id(), version, () -> this.loader.load(module)));
      if (binary.bytes().length > this.maxSize) {
        throw PluginFailures.tooBig(request.id(), version, source(request), this.maxSize);
      }
      return binary;
    } catch (IOException failed) {
      throw unreadable(request, version, source(request), failed);
    }
  }

  /** Who brings bytes is not to have this machine read something else for him. */
  private static void requireSignatureBeside(WasmPluginRequest request, String version) {
    if (request.signatureLocation() != null
        && request.location() == null
        && request.file() == null) {
      throw new WasmLoadException(
              WasmErrorCategory.LOAD,
              source(request),
              "bytes bring their signature along, and not where it is; give what is in its file",
              null)
          .locate(WasmErrorContext.of(request.id(), version));
    }
  }

  private InputStream capped(InputStream stream) {
    return new SizeCappedStream(stream, this.maxSize);
  }

  /** What is at a location is opened by the loader. */
  private static InputStream open(WasmPluginRequest request, String version) {
    Path file = request.file();
    if (file != null) {
      try {
        return new FileLocationResolver()
            .open(file.toAbsolutePath().toUri().toString(), PluginGate.class.getClassLoader());
      } catch (IOException failed) {
        throw unreadable(request, version, source(request), failed);
      }
    }
    InputStream stream = request.stream();
    if (stream != null) {
      return new UnclosedStream(stream);
    }
    if (request.location() == null) {
      throw new IllegalArgumentException(
          "The request for %s says neither bytes nor where they are (bytes, stream, location, file)"
              .formatted(request));
    }
    return InputStream.nullInputStream();
  }

  private WasmModuleDescriptor module(
      WasmPluginRequest request, PluginLocation place, String version, boolean signed) {
    WasmModuleDescriptor.Builder module =
        WasmModuleDescriptor.builder(request.id()).version(version);
    if (request.location() != null) {
      module.locationFromOutside(request.location());
    } else {
      module.location(place.text());
    }
    if (signed) {
      module.signature(place.ofSignature().text());
    } else if (request.signatureLocation() != null) {
      module.signature(request.signatureLocation());
    }
    if (request.digest() != null) {
      module.digest(request.digest());
    }
    return module.build();
  }

  /** What is in the file of the signature, if it is at hand. */
  private @Nullable String signature(WasmPluginRequest request, String version) {
    byte[] signature = request.signature();
    if (signature == null && request.file() != null && request.signatureLocation() == null) {
      signature = besides(request, request.file(), version);
    }
    if (signature == null) {
      return null;
    }
    if (signature.length > this.loader.maxSignatureSize()) {
      throw new WasmLoadException(
              WasmErrorCategory.INTEGRITY,
              source(request),
              "its signature has %d bytes or more, and none that is taken here has more than %d"
                  .formatted(signature.length, this.loader.maxSignatureSize()),
              null)
          .locate(WasmErrorContext.of(request.id(), version));
    }
    return new String(signature, StandardCharsets.UTF_8);
  }

  private byte @Nullable [] besides(WasmPluginRequest request, Path file, String version) {
    for (String suffix : this.loader.signatureSuffixes()) {
      Path signature = file.resolveSibling(file.getFileName() + suffix);
      try (InputStream stream = Files.newInputStream(signature)) {
        return stream.readNBytes(this.loader.maxSignatureSize() + 1);
      } catch (NoSuchFileException none) {
        continue;
      } catch (IOException failed) {
        throw unreadable(request, version, signature.toString(), failed);
      }
    }
    return null;
  }

  private static WasmException unreadable(
      WasmPluginRequest request, String version, String what, IOException failed) {
    return new WasmLoadException(
            WasmErrorCategory.LOAD,
            what,
            "%s can't be read: %s".formatted(what, FileFailure.reason(failed)),
            failed)
        .locate(WasmErrorContext.of(request.id(), version));
  }
}
