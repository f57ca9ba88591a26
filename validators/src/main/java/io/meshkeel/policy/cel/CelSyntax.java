package io.meshkeel.policy.cel;

import dev.cel.common.CelOptions;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.cel.parser.CelStandardMacro;

/** Whether a text is an expression at all, whatever its names mean. Any thread. */
public final class CelSyntax {
  private CelSyntax() {}

  /** Made when the first text is read. */
  private static final class Shared {
    static final CelParser PARSER =
        CelParserFactory.standardCelParserBuilder()
            .setOptions(CelOptions.current().build())
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .build();
  }

  /** Whether it can be read. */
  public static boolean parses(String expression) {
    return !Shared.PARSER.parse(expression).hasError();
  }
}
