package io.meshkeel.policy.own;

import io.meshkeel.model.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path written as text: {@code spec.http[0].route} or, as a JSON pointer, {@code
 * /spec/http/0/route}. Pure.
 */
final class PathText {
  private static final Pattern PART =
      Pattern.compile(
          "\\.?(?<field>[^.\\[\\]\"]+)|\\[(?<index>[0-9]{1,9})]|\\[\"(?<quoted>[^\"]*)\"]");
  private static final Pattern INDEX = Pattern.compile("[0-9]{1,9}");

  private PathText() {}

  /**
   * @throws OwnAnswer.Unusable if it is no path
   */
  static JsonPath read(String text) throws OwnAnswer.Unusable {
    return text.startsWith("/") ? pointer(text) : dotted(text);
  }

  private static JsonPath pointer(String text) {
    List<Object> segments = new ArrayList<>();
    for (String part : text.substring(1).split("/", -1)) {
      segments.add(
          INDEX.matcher(part).matches()
              ? (Object) Integer.valueOf(part)
              : part.replace("~1", "/").replace("~0", "~"));
    }
    return new JsonPath(segments);
  }

  private static JsonPath dotted(String text) throws OwnAnswer.Unusable {
    List<Object> segments = new ArrayList<>();
    Matcher part = PART.matcher(text);
    int end = 0;
    while (end < text.length() && part.find(end) && part.start() == end) {
      if (part.group("index") != null) {
        segments.add(Integer.valueOf(part.group("index")));
      } else {
        String quoted = part.group("quoted");
        segments.add(quoted == null ? part.group("field") : quoted);
      }
      end = part.end();
    }
    if (end < text.length()) {
      throw new OwnAnswer.Unusable("it gives the path '" + OpaTool.shown(text) + "'");
    }
    return new JsonPath(segments);
  }
}
