import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the application that the README shows: an empty one of Spring Boot with the README's code
 * blocks where the README says that they belong, letter by letter.
 */
class ReadmeProject {

  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);

  private static final String POM =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <parent>
          <groupId>org.springframework.boot</groupId>
          <artifactId>spring-boot-starter-parent</artifactId>
          <version>%s</version>
          <relativePath/>
        </parent>
        <groupId>com.example</groupId>
        <artifactId>demo</artifactId>
        <version>1</version>
        <properties>
          <java.version>17</java.version>
        </properties>
      %s
      <dependencies>
      %s
      </dependencies>
        <build>
          <plugins>
            <plugin>
              <groupId>org.springframework.boot</groupId>
              <artifactId>spring-boot-maven-plugin</artifactId>
            </plugin>
          </plugins>
        </build>
      </project>
      """;

  private static final String INTERFACE =
      """
      package com.example.demo;

      import io.github.wasmspring.WasmModule;

      %s
      """;

  private static final String APPLICATION =
      """
      package com.example.demo;

      import io.github.wasmspring.WasmResult;
      import io.github.wasmspring.bundle.json.Json;
      import io.github.wasmspring.client.WasmModuleManager;
      import java.time.Duration;
      import org.springframework.boot.CommandLineRunner;
      import org.springframework.boot.SpringApplication;
      import org.springframework.boot.autoconfigure.SpringBootApplication;
      import org.springframework.context.annotation.Bean;

      @SpringBootApplication
      class DemoApplication {

        public static void main(String[] args) {
          SpringApplication.run(DemoApplication.class, args);
        }

        @Bean
        CommandLineRunner ask(Greetings greetings, Json json, WasmModuleManager manager) {
          return args -> {
            check("Hello, Ada! Nice to meet you.", greetings.greet("Ada", false));
            check("1 call", manager.status("greeter").get(0).calls().wasm() + " call");
            check("{}", json.minify("{ }"));
            check("{\\n  \\"b\\": 1,\\n  \\"a\\": []\\n}", format(manager).value());
          };
        }

        private static WasmResult<String> format(WasmModuleManager manager) {
      %s
          return result;
        }

        private static void check(String expected, String actual) {
          System.out.println(actual);
          if (!expected.equals(actual)) {
            throw new IllegalStateException("not " + expected);
          }
        }
      }
      """;

  public static void main(String[] args) throws IOException {
    Path checkout = Path.of(args[0]);
    Path project = Path.of(args[1]);
    List<String> xml = new ArrayList<>();
    List<String> java = new ArrayList<>();
    List<String> yaml = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(Files.readString(checkout.resolve("README.md")));
    while (blocks.find()) {
      switch (blocks.group(1)) {
        case "xml" -> xml.add(blocks.group(2));
        case "java" -> java.add(blocks.group(2));
        case "yaml" -> yaml.add(blocks.group(2));
        default -> {}
      }
    }
    if (xml.size() != 2 || java.size() != 2 || yaml.size() != 1) {
      throw new IllegalStateException(
          "README.md has other code blocks than this program knows places for: "
              + List.of(xml, java, yaml));
    }
    Path main = project.resolve("src/main");
    write(project.resolve("pom.xml"), POM.formatted(args[2], xml.get(0), xml.get(1)));
    write(
        main.resolve("java/com/example/demo/Greetings.java"), INTERFACE.formatted(java.get(0)));
    write(
        main.resolve("java/com/example/demo/DemoApplication.java"),
        APPLICATION.formatted(java.get(1)));
    write(main.resolve("resources/application.yml"), yaml.get(0));
    Path module = Files.createDirectories(main.resolve("resources/wasm"));
    Files.copy(
        checkout.resolve("sample-app/src/main/resources/wasm/greeter.wasm"),
        module.resolve("greeter.wasm"));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
