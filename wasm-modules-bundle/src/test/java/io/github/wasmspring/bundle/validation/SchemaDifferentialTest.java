package io.github.wasmspring.bundle.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The module against networknt's validator, which the fallback is made of. */
class SchemaDifferentialTest {

  private static SchemaSides sides;

  @BeforeAll
  static void start() {
    sides = new SchemaSides();
  }

  @AfterAll
  static void stop() {
    sides.close();
  }

  @Test
  void findsTheSameViolationsInRandomDocumentsBySchemasJustAsRandom() {
    SchemaSession session = sides.session().bind(SchemaSession.class);
    SchemaGenerator random = new SchemaGenerator(new Random(20261121));
    int invalid = 0;
    for (int i = 0; i < 500; i++) {
      String schema = random.schema();
      int handle = session.compileSchema(schema, List.of()).handle();
      Schema compiled = JavaSchemaValidation.compile(schema, List.of());
      for (int j = 0; j < 20; j++) {
        String document = random.document();
        SchemaReport expected = JavaSchemaValidation.validate(compiled, document);
        SchemaReport report = session.validateCompiled(handle, document);
        if (!agree(report, expected)) {
          assertThat(report).as("%s of %s", document, schema).isEqualTo(expected);
        }
        invalid += report.valid() ? 0 : 1;
      }
      session.releaseSchema(handle);
    }
    assertThat(invalid).isBetween(3_000, 9_000);
  }

  private static boolean agree(SchemaReport one, SchemaReport other) {
    return one.valid() == other.valid()
        && (one.truncated()
            || other.truncated()
            || SchemaSides.places(one).equals(SchemaSides.places(other)));
  }
}
