package io.meshkeel.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/** How this process logs. Everything goes to standard error; standard output is for results. */
public final class Logging {
  private static final String OURS = "io.meshkeel";

  private Logging() {}

  /** Warnings and worse, for people: what short commands do. */
  static void quiet(LoggerContext context) {
    plain(context, Level.WARN, Level.WARN);
  }

  /** All that our own code tells, for people. */
  public static void verbose() {
    plain(context(), Level.WARN, Level.DEBUG);
  }

  /**
   * Changes of state and worse, one JSON object a line: what the service does. After {@link
   * #verbose} it stays with all that our own code tells.
   */
  public static void structured() {
    LoggerContext context = context();
    boolean all = context.getLogger(OURS).isDebugEnabled();
    install(context, new JsonLayout(), Level.WARN, all ? Level.DEBUG : Level.INFO);
  }

  private static void plain(LoggerContext context, Level others, Level ours) {
    PatternLayout layout = new PatternLayout();
    layout.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg%n");
    install(context, layout, others, ours);
  }

  private static void install(
      LoggerContext context, Layout<ILoggingEvent> layout, Level others, Level ours) {
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(layout);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName("stderr");
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.addAppender(appender);
    root.setLevel(others);
    context.getLogger(OURS).setLevel(ours);
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }
}
