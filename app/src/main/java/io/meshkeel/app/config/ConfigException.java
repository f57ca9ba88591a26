package io.meshkeel.app.config;

import io.meshkeel.model.Finding;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that can't be used; the message has one line for each mistake. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  ConfigException(List<Finding> mistakes) {
    super(
        mistakes.stream()
            .sorted(Finding.ORDER)
            .map(ConfigException::line)
            .collect(Collectors.joining("\n")));
  }

  ConfigException(String message, Throwable cause) {
    super(message, cause);
  }

  private static String line(Finding mistake) {
    String end = mistake.message().endsWith("?") ? " Fix: " : ". Fix: ";
    return mistake.position() + ": " + mistake.message() + end + mistake.remediation();
  }
}
