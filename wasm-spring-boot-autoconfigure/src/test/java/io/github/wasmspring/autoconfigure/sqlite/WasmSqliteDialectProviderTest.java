package io.github.wasmspring.autoconfigure.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** It is asked first, and must leave other databases to others. */
class WasmSqliteDialectProviderTest {

  private final WasmSqliteDialectProvider provider = new WasmSqliteDialectProvider();
  private final Connection connection = mock(Connection.class);
  private final JdbcTemplate template = new JdbcTemplate(mock(DataSource.class));

  @BeforeEach
  void connect() throws SQLException {
    DataSource source = this.template.getDataSource();
    assertThat(source).isNotNull();
    given(source.getConnection()).willReturn(this.connection);
  }

  @Test
  void aDatabaseWithoutMetaDataIsNotOurs() throws SQLException {
    assertThat(this.provider.getDialect(this.template)).isEmpty();
  }

  @Test
  void aDatabaseThatDoesNotTellItsUrlIsNotOurs() throws SQLException {
    DatabaseMetaData metaData = mock(DatabaseMetaData.class);
    given(this.connection.getMetaData()).willReturn(metaData);
    assertThat(this.provider.getDialect(this.template)).isEmpty();
    given(metaData.getURL()).willThrow(new SQLException("not allowed"));
    assertThat(this.provider.getDialect(this.template)).isEmpty();
    given(this.connection.getMetaData()).willThrow(new SQLException("not allowed"));
    assertThat(this.provider.getDialect(this.template)).isEmpty();
  }
}
