package io.github.wasmspring.internal.sqlite.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockTableTest {

  @TempDir Path folder;
  private final LockTable locks = new LockTable();
  private Path file = Path.of("");

  @BeforeEach
  void makeDatabase() throws SQLException {
    this.file = this.folder.resolve("a.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + this.file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (x)");
    }
  }

  @Test
  void aLockIsGivenUpAlthoughNobodyCanSayWhatWasWritten() throws IOException {
    FileUser writer = this.locks.join(this.file, false, false);
    FileUser other = this.locks.join(this.file, false, false);
    DatabaseVersion before = writer.version();
    assertThat(before).isNotNull();
    assertThat(this.locks.lock(writer, LockLevel.SHARED)).isTrue();
    assertThat(this.locks.lock(writer, LockLevel.RESERVED)).isTrue();
    Files.createDirectory(this.folder.resolve("a.db-journal"));
    this.locks.unlock(writer, LockLevel.NONE, Set.of("t"));
    assertThat(this.locks.level(writer)).isEqualTo(LockLevel.NONE);
    assertThat(this.locks.isReserved(other)).isFalse();
    assertThat(this.locks.lock(other, LockLevel.SHARED)).isTrue();
    assertThat(this.locks.lock(other, LockLevel.EXCLUSIVE)).isTrue();
    DatabaseVersion next =
        new DatabaseVersion(
            before.origin(),
            before.counter() + 1,
            before.pages(),
            before.freePages(),
            before.schema());
    assertThat(other.isUnchanged(before, next, Set.of("u"))).isFalse();
    this.locks.leave(writer);
    this.locks.leave(other);
  }

  @Test
  void onlyWhatNobodyUsesIsReplaced() throws IOException {
    Path copy = Files.writeString(this.folder.resolve("copy"), "new");
    FileUser user = this.locks.join(this.file, false, false);
    assertThatThrownBy(() -> this.locks.replace(copy, this.file))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("has open");
    this.locks.leave(user);
    Path journal = Files.writeString(this.folder.resolve("a.db-journal"), "hot");
    assertThatThrownBy(() -> this.locks.replace(copy, this.file))
        .hasMessageContaining("delete that file");
    Files.delete(journal);
    this.locks.replace(copy, this.file);
    assertThat(Files.readString(this.file)).isEqualTo("new");
    assertThat(this.locks.isOpen(this.file)).isFalse();
  }
}
