package io.github.wasmspring.bundle.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON-Schema-Test-Suite, on the module and on the fallback. */
class SchemaSuiteTest {

  private static SchemaSides sides;
  private static List<SchemaResource> remotes;

  @BeforeAll
  static void start() {
    sides = new SchemaSides();
    remotes = SchemaSuite.remotes();
  }

  @AfterAll
  static void stop() {
    sides.close();
  }

  static Stream<SchemaSuite.Group> groups() {
    return SchemaSuite.groups().stream();
  }

  @Test
  void theSuiteIsThere() {
    assertThat(SchemaSuite.groups()).hasSizeGreaterThan(250);
    assertThat(SchemaSuite.groups().stream().mapToInt(group -> group.cases().size()).sum())
        .isGreaterThan(1_150);
    assertThat(remotes).hasSize(21);
  }

  @ParameterizedTest
  @MethodSource("groups")
  void theModuleAgreesWithTheSuite(SchemaSuite.Group group) {
    SchemaSession session = sides.session().bind(SchemaSession.class);
    int handle = session.compileSchema(group.schema(), remotesOf(group)).handle();
    for (SchemaSuite.Case test : group.cases()) {
      SchemaReport report = session.validateCompiled(handle, test.document());
      assertThat(report.valid()).as(test.description()).isEqualTo(test.valid());
      assertThat(report.violations().isEmpty()).isEqualTo(test.valid());
    }
    session.releaseSchema(handle);
  }

  @ParameterizedTest
  @MethodSource("groups")
  void theFallbackAgreesWithTheSuiteAndFindsTheSameViolations(SchemaSuite.Group group) {
    for (SchemaSuite.Case test : group.cases()) {
      SchemaReport report = validate(SchemaSides.JAVA, group, test);
      assertThat(report.valid()).as(test.description()).isEqualTo(test.valid());
      assertThat(SchemaSides.places(validate(sides.wasm(), group, test)))
          .as(test.description())
          .isEqualTo(SchemaSides.places(report));
    }
  }

  private static SchemaReport validate(
      Validation side, SchemaSuite.Group group, SchemaSuite.Case test) {
    return side.validateSchemaWith(group.schema(), remotesOf(group), test.document());
  }

  private static List<SchemaResource> remotesOf(SchemaSuite.Group group) {
    return group.schema().contains("http://localhost:1234/") ? remotes : List.of();
  }
}
