package io.github.wasmspring.internal.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DockerConfigTest {

  @TempDir private Path directory;

  private @Nullable RegistryCredentials of(String registry, String json) throws IOException {
    return of(registry, json, Duration.ofSeconds(30));
  }

  private @Nullable RegistryCredentials of(String registry, String json, Duration time)
      throws IOException {
    Path file = Files.writeString(this.directory.resolve("config.json"), json);
    return new DockerConfig(file, name -> this.directory.resolve(name).toString())
        .of(OciReference.parse("oci:" + registry + "/plugin:1"), new LoadDeadline(time));
  }

  private static String auth(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A helper is a program that is told a registry and answers with JSON. */
  private void helper(String name, String script) throws IOException {
    Path program = this.directory.resolve("docker-credential-" + name);
    Files.writeString(program, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void ofALogin() throws IOException {
    String json =
        "{\"auths\":{\"a.example:5000\":{\"auth\":\"%s\"},\"https://b.example\":{\"username\":\"bob\",\"password\":\"hush\"},\"c.example\":{\"auth\":\"%s\",\"identitytoken\":\"t0ken\"},\"d.example\":{}}}"
            .formatted(auth("ada:pass:word"), auth("ada:"));

    assertThat(of("a.example:5000", json))
        .isEqualTo(new RegistryCredentials("ada", "pass:word", false));
    assertThat(of("b.example", json)).isEqualTo(new RegistryCredentials("bob", "hush", false));
    assertThat(of("c.example", json)).isEqualTo(new RegistryCredentials("ada", "t0ken", true));
    assertThat(of("d.example", json)).isNull();
    assertThat(of("a.example", json)).isNull();
  }

  @Test
  void ofDockerHub() throws IOException {
    String json =
        "{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"%s\"}}}".formatted(auth("ada:x"));

    assertThat(of("docker.io", json)).isEqualTo(new RegistryCredentials("ada", "x", false));
  }

  @Test
  void theyAreNotShown() throws IOException {
    assertThat(
            String.valueOf(
                of(
                    "b.example",
                    "{\"auths\":{\"b.example\":{\"username\":\"bob\",\"password\":\"hush\"}}}")))
        .doesNotContain("hush");
  }

  @Test
  void thereNeedBeNone() throws IOException {
    assertThat(of("a.example", "{}")).isNull();
    assertThat(
            new DockerConfig(this.directory.resolve("nothing"))
                .of(
                    OciReference.parse("oci:a.example/plugin:1"),
                    new LoadDeadline(Duration.ofSeconds(1))))
        .isNull();
  }

  @Test
  void ofAHelper() throws IOException {
    helper("one", "read r\necho '{\"Username\":\"ada\",\"Secret\":\"for '$1' '$r'\"}'");
    String json = "{\"credHelpers\":{\"a.example\":\"one\"},\"credsStore\":\"none\"}";

    assertThat(of("a.example", json))
        .isEqualTo(new RegistryCredentials("ada", "for get a.example", false));
  }

  @Test
  void ofAStoreThatMayNotHaveThem() throws IOException {
    helper(
        "store",
        "read r\n[ $r = a.example ] && echo '{\"Username\":\"<token>\",\"Secret\":\"t\"}' && exit\necho credentials not found in native keychain\nexit 1");
    String json = "{\"credsStore\":\"store\",\"auths\":{\"a.example\":{}}}";

    assertThat(of("a.example", json)).isEqualTo(new RegistryCredentials("<token>", "t", true));
    assertThat(of("b.example", json)).isNull();
  }

  @Test
  void aHelperThatFailsIsNamed() throws IOException {
    String json = "{\"credHelpers\":{\"a.example\":\"bad\"}}";
    assertThatThrownBy(() -> of("a.example", json))
        .hasMessageContaining("docker-credential-bad, which can't be run");

    helper("bad", "echo hush\nexit 3");
    assertThatThrownBy(() -> of("a.example", json))
        .hasMessage("docker-credential-bad failed with the status 3");

    helper("bad", "echo hush");
    assertThatThrownBy(() -> of("a.example", json))
        .hasMessage("what docker-credential-bad says is not JSON");
  }

  @Test
  void aHelperThatHangsIsLeft() throws IOException {
    helper("slow", "exec sleep 600");

    assertThatThrownBy(
            () ->
                of(
                    "a.example",
                    "{\"credHelpers\":{\"a.example\":\"slow\"}}",
                    Duration.ofMillis(300)))
        .hasMessage("docker-credential-slow took too long to answer");
  }

  @Test
  void whatSuchAHelperHasStartedIsEnded() throws Exception {
    Path started = this.directory.resolve("started");
    helper("slow", "sleep 600 &\necho $! > '%s'\nwait".formatted(started));

    assertThatThrownBy(
            () ->
                of(
                    "a.example",
                    "{\"credHelpers\":{\"a.example\":\"slow\"}}",
                    Duration.ofSeconds(3)))
        .hasMessage("docker-credential-slow took too long to answer");
    Optional<ProcessHandle> child =
        ProcessHandle.of(Long.parseLong(Files.readString(started).strip()));
    if (child.isPresent()) {
      child.get().onExit().get(20, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "a b", "$(x)", "/bin/sh"})
  void onlyAHelperIsRun(String name) {
    assertThatThrownBy(
            () -> of("a.example", "{\"credHelpers\":{\"a.example\":\"%s\"}}".formatted(name)))
        .hasMessage("the file with credentials names a helper that is none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hush",
        "{\"auths\":{\"a.example\":{\"auth\":\"hush!\"}}}",
        "{\"auths\":{\"a.example\":{\"auth\":\"aHVzaA==\"}}}"
      })
  void whatIsDamagedIsSaidWithoutSecrets(String json) {
    assertThatThrownBy(() -> of("a.example", json))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the file with credentials")
        .hasMessageNotContaining("hush");
  }
}
