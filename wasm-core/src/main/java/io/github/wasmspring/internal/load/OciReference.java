package io.github.wasmspring.internal.load;

import java.io.IOException;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of a registry is meant by a location such as {@code
 * oci:registry.example.com/team/plugin:1.2}.
 *
 * @param registry host and, if it is not that of https, port
 * @param repository the name in it
 * @param tag {@code null} if there is a digest
 * @param digest of the manifest or index, {@code null} for what the tag is at now
 * @param file the title of a layer, or {@code *} and how it ends; {@code null} for the module
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">OCI
 *     Distribution Specification</a>
 */
record OciReference(
    String registry,
    String repository,
    @Nullable String tag,
    @Nullable String digest,
    @Nullable String file) {

  private static final String PREFIX = "oci:";
  private static final String DOCKER_HUB = "docker.io";

  private static final Pattern REGISTRY =
      Pattern.compile("(?:[A-Za-z0-9][A-Za-z0-9.-]{0,252}|\\[[0-9A-Fa-f:.]{2,45}])(?::\\d{1,5})?");

  private static final Pattern REPOSITORY =
      Pattern.compile("[a-z0-9]++(?:[._-]++[a-z0-9]++)*+(?:/[a-z0-9]++(?:[._-]++[a-z0-9]++)*+)*+");

  private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");

  /** No registry has longer names. */
  private static final int LONGEST = 255;

  /**
   * @throws IOException if the location is none, without telling what it is, as that may be secret
   */
  static OciReference parse(String location) throws IOException {
    String rest = location.substring(PREFIX.length());
    int bang = rest.indexOf('!');
    String artifact = bang < 0 ? rest : rest.substring(0, bang);
    String file = bang < 0 ? null : rest.substring(bang + 1);
    int at = artifact.indexOf('@');
    String digest = at < 0 ? null : artifact.substring(at + 1);
    String name = at < 0 ? artifact : artifact.substring(0, at);
    int slash = name.indexOf('/');
    if (slash < 0) {
      throw unfit("it names no repository");
    }
    String registry = name.substring(0, slash);
    int colon = name.indexOf(':', slash);
    String repository = name.substring(slash + 1, colon < 0 ? name.length() : colon);
    String tag = colon < 0 ? null : name.substring(colon + 1);
    check(registry, repository, tag, digest, file);
    return new OciReference(
        registry,
        registry.equals(DOCKER_HUB) && repository.indexOf('/') < 0
            ? "library/" + repository
            : repository,
        tag == null && digest == null ? "latest" : tag,
        digest,
        file);
  }

  private static void check(
      String registry,
      String repository,
      @Nullable String tag,
      @Nullable String digest,
      @Nullable String file)
      throws IOException {
    if (!REGISTRY.matcher(registry).matches()) {
      throw unfit("what comes before the first / is not a host");
    }
    if (registry.indexOf('.') < 0 && registry.indexOf(':') < 0 && !registry.equals("localhost")) {
      throw unfit("it names no registry; that of Docker is docker.io");
    }
    if (repository.length() > LONGEST || !REPOSITORY.matcher(repository).matches()) {
      throw unfit("no repository has such a name: lower-case letters, digits and . _ - / between");
    }
    if (tag != null && !TAG.matcher(tag).matches()) {
      throw unfit("what comes behind the : is not a tag");
    }
    if (digest != null && !OciDigest.isOne(digest)) {
      throw unfit("what comes behind the @ is not a digest");
    }
    if (file != null && file.isEmpty()) {
      throw unfit("there is nothing behind the !");
    }
  }

  private static IOException unfit(String why) {
    return new IOException(
        "it is not a location in a registry, such as oci:registry.example.com/team/plugin:1.2 or …/plugin@sha256:…: "
            + why);
  }

  /** The location of another file of the same artifact. */
  static String withFile(String location, String file) {
    int bang = location.indexOf('!');
    return (bang < 0 ? location : location.substring(0, bang)) + "!" + file;
  }

  /** For the manifest. */
  String tagOrDigest() {
    return this.digest != null ? this.digest : String.valueOf(this.tag);
  }

  /**
   * Where a registry answers for the repository.
   *
   * @param plainHttp whether one on this machine does over http
   */
  URI uri(boolean plainHttp, String kind, String name) throws IOException {
    String host = this.registry.equals(DOCKER_HUB) ? "registry-1.docker.io" : this.registry;
    return HttpReader.uri(
        "%s://%s/v2/%s/%s/%s"
            .formatted(
                plainHttp && isOnThisMachine() ? "http" : "https",
                host,
                this.repository,
                kind,
                name));
  }

  private boolean isOnThisMachine() {
    return this.registry.matches("(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::\\d{1,5})?");
  }

  /** The names under which Docker's configuration may have the registry. */
  String[] credentialNames() {
    return this.registry.equals(DOCKER_HUB)
        ? new String[] {"https://index.docker.io/v1/", DOCKER_HUB, "index.docker.io"}
        : new String[] {this.registry, "https://" + this.registry, "http://" + this.registry};
  }

  /** For people. */
  @Override
  public String toString() {
    return this.registry
        + "/"
        + this.repository
        + (this.digest != null ? "@" + this.digest : ":" + this.tag);
  }
}
