package io.github.wasmspring.internal.load;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A file in a WebJar, named without the version of that, which stands in the path of its files.
 *
 * @param artifact of the jar, which its folder is called as well
 * @param path within the folder of the version
 * @see <a href="https://www.webjars.org/documentation">WebJars</a>
 */
record WebJarFile(String artifact, String path) {

  private static final List<String> GROUPS =
      List.of("org.webjars.npm", "org.webjars", "org.webjars.bower");

  /**
   * @param name such as {@code source-map/lib/mappings.wasm}
   * @throws FileNotFoundException if it names no file
   */
  static WebJarFile of(String name) throws FileNotFoundException {
    int slash = name.indexOf('/');
    if (slash <= 0 || slash == name.length() - 1) {
      throw new FileNotFoundException(
          "a WebJar and a path in it are wanted, such as webjar:source-map/lib/mappings.wasm");
    }
    return new WebJarFile(name.substring(0, slash), name.substring(slash + 1));
  }

  /**
   * @throws FileNotFoundException if there is no such WebJar, or no such file in it
   */
  InputStream open(ClassLoader classLoader) throws IOException {
    String version = version(classLoader);
    if (version == null) {
      throw new FileNotFoundException(
          "there is no WebJar '%s' on the class path: none of the groups %s has one of that name"
              .formatted(this.artifact, String.join(", ", GROUPS)));
    }
    InputStream stream =
        classLoader.getResourceAsStream(
            "META-INF/resources/webjars/%s/%s/%s".formatted(this.artifact, version, this.path));
    if (stream == null) {
      throw new FileNotFoundException(
          "the WebJar '%s' %s has no file %s".formatted(this.artifact, version, this.path));
    }
    return stream;
  }

  private @Nullable String version(ClassLoader classLoader) throws IOException {
    for (String group : GROUPS) {
      try (InputStream stream =
          classLoader.getResourceAsStream(
              "META-INF/maven/%s/%s/pom.properties".formatted(group, this.artifact))) {
        if (stream != null) {
          Properties coordinates = new Properties();
          coordinates.load(stream);
          return coordinates.getProperty("version");
        }
      } catch (IllegalArgumentException malformed) {
        throw new IOException(
            "the pom.properties of the WebJar '%s' are damaged".formatted(this.artifact),
            malformed);
      }
    }
    return null;
  }
}
