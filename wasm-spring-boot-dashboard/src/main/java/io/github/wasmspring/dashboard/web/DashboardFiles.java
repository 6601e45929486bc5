package io.github.wasmspring.dashboard.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of the page, and those of uPlot's WebJar. */
final class DashboardFiles {

  private static final String HOME = "META-INF/wasm-dashboard/";
  private static final String VENDOR = "vendor/uplot/";
  private static final String WEBJAR = "META-INF/resources/webjars/uplot/";
  private static final String WEBJAR_FACTS = "META-INF/maven/org.webjars.npm/uplot/pom.properties";
  private static final Pattern NAME =
      Pattern.compile("(?:[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}/){0,4}[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=UTF-8",
          "js", "text/javascript;charset=UTF-8",
          "mjs", "text/javascript;charset=UTF-8",
          "css", "text/css;charset=UTF-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "webmanifest", "application/manifest+json");

  /**
   * A file.
   *
   * @param tag changes with its bytes
   */
  record StaticFile(byte[] bytes, String type, String tag) {}

  private final Map<String, StaticFile> files = new ConcurrentHashMap<>();

  /**
   * @param name below the path of the dashboard
   * @return {@code null} if there is none
   * @throws IOException if it can't be read
   */
  @Nullable StaticFile find(String name) throws IOException {
    StaticFile known = this.files.get(name);
    if (known != null) {
      return known;
    }
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null || !NAME.matcher(name).matches()) {
      return null;
    }
    byte[] bytes = read(name.startsWith(VENDOR) ? vendor(name) : HOME + name);
    if (bytes == null) {
      return null;
    }
    StaticFile file = new StaticFile(bytes, type, '"' + digest(bytes) + '"');
    this.files.put(name, file);
    return file;
  }

  private static String vendor(String name) throws IOException {
    byte[] facts = read(WEBJAR_FACTS);
    Properties properties = new Properties();
    if (facts != null) {
      properties.load(new ByteArrayInputStream(facts));
    }
    String version = properties.getProperty("version", "");
    return WEBJAR + version + "/dist/" + name.substring(VENDOR.length());
  }

  private static byte @Nullable [] read(String resource) throws IOException {
    try (InputStream stream = DashboardFiles.class.getClassLoader().getResourceAsStream(resource)) {
      return stream == null ? null : stream.readAllBytes();
    }
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
