package io.github.wasmspring.internal.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The credentials that {@code docker login} or {@code oras login} have left, in the file or with a
 * helper. Read each time, so that those that have changed are found.
 */
final class DockerConfig {

  private static final long LARGEST = 1 << 20;

  /** How a helper says that it has none. */
  private static final String NOTHING_FOUND = "credentials not found";

  private final Path file;

  /** Where a program is. */
  private final UnaryOperator<String> programs;

  DockerConfig(Path file) {
    this(file, UnaryOperator.identity());
  }

  DockerConfig(Path file, UnaryOperator<String> programs) {
    this.file = file;
    this.programs = programs;
  }

  /** The file that Docker's own tools read. */
  static Path usualFile() {
    String folder = System.getenv("DOCKER_CONFIG");
    return (folder != null && !folder.isBlank()
            ? Path.of(folder)
            : Path.of(System.getProperty("user.home"), ".docker"))
        .resolve("config.json");
  }

  Path file() {
    return this.file;
  }

  /**
   * @return {@code null} if there are none
   */
  @Nullable RegistryCredentials of(OciReference artifact, LoadDeadline deadline)
      throws IOException {
    JsonNode config = read();
    for (String name : artifact.credentialNames()) {
      String helper = text(config.path("credHelpers"), name);
      if (!helper.isEmpty()) {
        return ofHelper(helper, name, deadline);
      }
    }
    String store = text(config, "credsStore");
    for (String name : artifact.credentialNames()) {
      JsonNode auth = config.path("auths").path(name);
      RegistryCredentials found = auth.isObject() ? ofEntry(auth) : null;
      if (found == null && !store.isEmpty()) {
        found = ofHelper(store, name, deadline);
      }
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private JsonNode read() throws IOException {
    try (InputStream stream = Files.newInputStream(this.file)) {
      return JsonMapper.shared()
          .readTree(BoundedBytes.read(stream, LARGEST, "the file with credentials"));
    } catch (NoSuchFileException none) {
      return JsonMapper.shared().createObjectNode();
    } catch (JacksonException malformed) {
      throw new IOException("the file with credentials, %s, is not JSON".formatted(this.file));
    } catch (OversizeException large) {
      throw large;
    } catch (IOException unreadable) {
      throw new IOException(
          "the file with credentials, %s, can't be read".formatted(this.file), unreadable);
    }
  }

  private static @Nullable RegistryCredentials ofEntry(JsonNode auth) throws IOException {
    String token = text(auth, "identitytoken");
    String user = text(auth, "username");
    String password = text(auth, "password");
    String both = text(auth, "auth");
    if (!both.isEmpty()) {
      String decoded = decoded(both);
      int colon = decoded.indexOf(':');
      if (colon < 0) {
        throw new IOException("the file with credentials has an auth without a colon");
      }
      user = decoded.substring(0, colon);
      password = decoded.substring(colon + 1);
    }
    if (!token.isEmpty()) {
      return new RegistryCredentials(user, token, true);
    }
    return user.isEmpty() ? null : new RegistryCredentials(user, password, false);
  }

  private static String decoded(String base64) throws IOException {
    try {
      return new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new IOException("the file with credentials has an auth that is not Base64");
    }
  }

  private static String text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return value.isString() ? value.stringValue() : "";
  }

  /** Asks a program that the user has named, as Docker does. */
  private @Nullable RegistryCredentials ofHelper(
      String helper, String registry, LoadDeadline deadline) throws IOException {
    if (!helper.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new IOException("the file with credentials names a helper that is none");
    }
    String program = "docker-credential-" + helper;
    Process process;
    try {
      process =
          new ProcessBuilder(this.programs.apply(program), "get")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException missing) {
      throw new IOException(
          "the file with credentials names the program %s, which can't be run".formatted(program),
          missing);
    }
    try {
      return answer(program, process, registry, deadline);
    } finally {
      end(process);
    }
  }

  /** With what it has started: a helper is often a script. */
  private static void end(Process process) {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }

  private static @Nullable RegistryCredentials answer(
      String program, Process process, String registry, LoadDeadline deadline) throws IOException {
    CompletableFuture<byte[]> output =
        CompletableFuture.supplyAsync(
            () -> {
              try (var question = process.outputWriter()) {
                question.write(registry);
              } catch (IOException gone) {
                // It has ended without reading; what it answered says why.
                return read(process, program);
              }
              return read(process, program);
            },
            task -> daemon(task, program));
    try {
      byte[] said = output.get(Math.max(1, deadline.left()), TimeUnit.NANOSECONDS);
      if (!process.waitFor(Math.max(1, deadline.left()), TimeUnit.NANOSECONDS)) {
        throw deadline.passed(null);
      }
      return parsed(program, said, process.exitValue());
    } catch (TimeoutException late) {
      throw new IOException(program + " took too long to answer", late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("reading was interrupted", interrupted);
    } catch (ExecutionException failed) {
      throw new IOException(program + " gave no answer", failed.getCause());
    }
  }

  private static void daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static byte[] read(Process process, String program) {
    try {
      return BoundedBytes.read(process.getInputStream(), LARGEST, "what " + program + " says");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static @Nullable RegistryCredentials parsed(String program, byte[] said, int exit)
      throws IOException {
    if (exit != 0) {
      if (new String(said, StandardCharsets.UTF_8).contains(NOTHING_FOUND)) {
        return null;
      }
      throw new IOException("%s failed with the status %d".formatted(program, exit));
    }
    JsonNode json;
    try {
      json = JsonMapper.shared().readTree(said);
    } catch (JacksonException malformed) {
      throw new IOException("what %s says is not JSON".formatted(program));
    }
    String user = text(json, "Username");
    String secret = text(json, "Secret");
    return secret.isEmpty() ? null : new RegistryCredentials(user, secret, user.equals("<token>"));
  }
}
