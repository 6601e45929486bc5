package io.github.wasmspring.testing;

import io.github.wasmspring.load.WasmLocationResolver;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens {@code bytes:name} locations, whose content a test can change or take away. */
public final class BytesLocationResolver implements WasmLocationResolver {

  public final AtomicInteger opened = new AtomicInteger();

  /** Run before anything is opened. */
  public volatile Runnable onOpen = () -> {};

  private final Map<String, byte[]> contents = new ConcurrentHashMap<>();

  public String put(String name, byte[] content) {
    this.contents.put("bytes:" + name, content);
    return "bytes:" + name;
  }

  public void remove(String name) {
    this.contents.remove("bytes:" + name);
  }

  @Override
  public boolean supports(String location) {
    return location.startsWith("bytes:");
  }

  @Override
  public InputStream open(String location, ClassLoader classLoader) throws IOException {
    this.opened.incrementAndGet();
    this.onOpen.run();
    byte[] content = this.contents.get(location);
    if (content == null) {
      throw new FileNotFoundException("there are no such bytes");
    }
    return new ByteArrayInputStream(content);
  }
}
