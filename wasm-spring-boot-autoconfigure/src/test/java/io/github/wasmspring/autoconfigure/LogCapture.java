package io.github.wasmspring.autoconfigure;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What is logged below one name at WARN or above while it is open. */
public final class LogCapture implements AutoCloseable {

  private final ListAppender<ILoggingEvent> events = new ListAppender<>();
  private final Logger logger;
  private final Level before;

  public LogCapture(String name) {
    this.logger = (Logger) LoggerFactory.getLogger(name);
    this.before = this.logger.getLevel();
    this.logger.setLevel(Level.WARN);
    this.events.start();
    this.logger.addAppender(this.events);
  }

  public List<String> messages() {
    return List.copyOf(this.events.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Override
  public void close() {
    this.logger.detachAppender(this.events);
    this.logger.setLevel(this.before);
  }
}
