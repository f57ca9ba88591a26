package io.meshkeel.policy.text;

import com.google.re2j.PatternSyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Regular expressions as Go's {@code regexp} compiles them: RE2's syntax. */
public final class GoRegex {
  private static final Pattern NAMED = Pattern.compile("\\(\\?P?<([A-Za-z0-9_]+)>");
  private static final Pattern REPEAT = Pattern.compile("\\{[0-9]+(,[0-9]*)?}");

  private GoRegex() {}

  /**
   * Whether Go compiles it. Of repetitions within repetitions that Go holds for too many together
   * ({@code ((a{100}){100}){100}}) nothing is said.
   */
  public static boolean compiles(String expression) {
    try {
      com.google.re2j.Pattern.compile(forRe2j(expression));
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  /**
   * The same expression in a form that RE2/J reads as Go does: it wants names of groups to differ,
   * and stumbles over a brace that begins no repetition.
   */
  private static String forRe2j(String expression) {
    StringBuilder made = new StringBuilder();
    Matcher named = NAMED.matcher(expression);
    Matcher repeat = REPEAT.matcher(expression);
    boolean inClass = false;
    int groups = 0;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (c == '\\' && i + 1 < expression.length()) {
        if (!inClass && expression.charAt(i + 1) == 'Q') {
          int end = expression.indexOf("\\E", i + 2);
          String quoted = expression.substring(i, end < 0 ? expression.length() : end + 2);
          made.append(quoted);
          i += quoted.length() - 1;
          continue;
        }
        made.append(c).append(expression.charAt(++i));
        // The braces of a code point or of a class are none of a repetition.
        int end = expression.indexOf('}', i);
        if ("xpP".indexOf(expression.charAt(i)) >= 0
            && expression.startsWith("{", i + 1)
            && end > 0) {
          made.append(expression, i + 1, end + 1);
          i = end;
        }
      } else if (c == '[' && !inClass) {
        inClass = true;
        made.append(c);
        // A bracket that comes first is one of the characters.
        if (expression.startsWith("^", i + 1)) {
          made.append(expression.charAt(++i));
        }
        if (expression.startsWith("]", i + 1)) {
          made.append(expression.charAt(++i));
        }
      } else if (inClass) {
        if (c == '[' && expression.startsWith("[:", i) && expression.indexOf(":]", i) > 0) {
          int end = expression.indexOf(":]", i) + 2;
          made.append(expression, i, end);
          i = end - 1;
          continue;
        }
        inClass = c != ']';
        made.append(c);
      } else if (c == '(' && named.find(i) && named.start() == i) {
        made.append("(?P<").append(named.group(1)).append('_').append(groups++).append('>');
        i = named.end() - 1;
      } else if (c == '{' && !(repeat.find(i) && repeat.start() == i)) {
        made.append("\\{");
      } else {
        made.append(c);
      }
    }
    return made.toString();
  }
}
