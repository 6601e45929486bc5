package io.github.wasmspring.autoconfigure.reduced;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.Provided;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole application whose class path really lacks what is optional. */
@Tag("once")
class ReducedClassPathTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "micrometer",
        "actuator",
        "spring-boot-health",
        "spring-web|webmvc|tomcat|servlet",
        "spring-boot-jackson",
        "spring-ai",
        "sqlite",
        "jdbc|HikariCP|flyway|spring-data|spring-tx",
        "micrometer|actuator|spring-boot-health|spring-web|webmvc|tomcat|servlet|spring-boot-jackson"
      })
  void theApplicationWorks(String absent) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader original = thread.getContextClassLoader();
    try (URLClassLoader reduced = without(Pattern.compile(absent))) {
      thread.setContextClassLoader(reduced);
      Callable<?> application =
          (Callable<?>)
              reduced.loadClass(Application.class.getName()).getDeclaredConstructor().newInstance();
      assertThat(application.call()).isEqualTo(42);
    } finally {
      thread.setContextClassLoader(original);
    }
  }

  private static URLClassLoader without(Pattern absent) throws IOException {
    String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
    URL[] urls =
        Arrays.stream(entries)
            .filter(entry -> !absent.matcher(artifact(Path.of(entry))).find())
            .map(ReducedClassPathTest::url)
            .toArray(URL[]::new);
    assertThat(urls).isNotEmpty().hasSizeLessThan(entries.length);
    return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
  }

  /** A jar's name, or that of the module whose classes are not in one yet. */
  private static String artifact(Path entry) {
    Path named =
        entry.endsWith(Path.of("target", "classes")) ? entry.getParent().getParent() : entry;
    return named.getFileName().toString();
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException impossible) {
      throw new IllegalArgumentException(impossible);
    }
  }

  /** Starts, calls a module and stops. */
  @SpringBootConfiguration
  @EnableAutoConfiguration
  public static class Application implements Callable<Integer> {

    @Override
    public Integer call() {
      SpringApplication application = new SpringApplication(Application.class);
      application.setWebApplicationType(WebApplicationType.NONE);
      try (ConfigurableApplicationContext context =
          application.run(
              "--spring.main.banner-mode=off", "--spring.main.register-shutdown-hook=false")) {
        return context.getBean(Provided.class).add(20, 22);
      }
    }
  }
}
