package io.meshkeel.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Text with {@code {name}} for a parameter of a finding. Pure. */
public final class MessageTemplate {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]*)}");

  private MessageTemplate() {}

  /**
   * The text with all parameters in their places.
   *
   * @param missing makes the failure for a parameter that isn't there, from its name
   */
  public static <E extends Exception> String fill(
      String template, Map<String, String> params, Function<String, E> missing) throws E {
    Matcher placeholder = PLACEHOLDER.matcher(template);
    StringBuilder text = new StringBuilder();
    while (placeholder.find()) {
      String value = params.get(placeholder.group(1));
      if (value == null) {
        throw missing.apply(placeholder.group(1));
      }
      placeholder.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    return placeholder.appendTail(text).toString();
  }

  /** Parameters as text; the items of a list with commas. */
  public static Map<String, String> params(JsonNode params) {
    Map<String, String> text = new HashMap<>();
    for (var entry : params.properties()) {
      JsonNode value = entry.getValue();
      text.put(
          entry.getKey(),
          value.isArray()
              ? StreamSupport.stream(value.spliterator(), false)
                  .map(JsonNode::asText)
                  .collect(Collectors.joining(", "))
              : value.isObject() ? value.toString() : value.asText());
    }
    return text;
  }
}
