package io.meshkeel.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.TreeMap;

/**
 * One JSON object a line: {@code time}, {@code level}, {@code logger}, what the line belongs to
 * ({@code run}, {@code mesh}, {@code cluster} where there is one), {@code message}, {@code error}.
 */
final class JsonLayout extends LayoutBase<ILoggingEvent> {
  @Override
  public String doLayout(ILoggingEvent event) {
    JsonObject line =
        new JsonObject()
            .put("time", Instant.ofEpochMilli(event.getTimeStamp()).toString())
            .put("level", event.getLevel().toString().toLowerCase(Locale.ROOT))
            .put("logger", simpleName(event.getLoggerName()));
    new TreeMap<>(event.getMDCPropertyMap()).forEach(line::put);
    line.put("message", event.getFormattedMessage());
    if (event.getThrowableProxy() != null) {
      line.put("error", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return line.encode() + System.lineSeparator();
  }

  private static String simpleName(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }
}
