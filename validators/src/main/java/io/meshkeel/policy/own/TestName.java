package io.meshkeel.policy.own;

import io.meshkeel.model.SourcePosition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A test in Rego as its file names it.
 *
 * @param inPackage without {@code data}
 * @param name of the rule
 * @param position its first definition
 */
record TestName(String inPackage, String name, SourcePosition position) {
  private static final Pattern PACKAGE = Pattern.compile("^package\\s+(\\S+)", Pattern.MULTILINE);

  private static final Pattern TEST =
      Pattern.compile("^[ \\t]*((?:todo_)?test_\\w+)", Pattern.MULTILINE);

  /** The tests of files, by path and line. */
  static List<TestName> in(Map<String, String> files) {
    Map<String, TestName> names = new LinkedHashMap<>();
    new TreeMap<>(files)
        .forEach((path, text) -> {
          Matcher inPackage = PACKAGE.matcher(text);
          if (inPackage.find()) {
            TEST.matcher(text)
                .results()
                .forEach(found -> {
                  int line = (int) text.substring(0, found.end()).lines().count();
                  TestName name =
                      new TestName(
                          inPackage.group(1), found.group(1), new SourcePosition(path, line, 1));
                  names.putIfAbsent(name.pattern(), name);
                });
          }
        });
    return List.copyOf(names.values());
  }

  /** What {@code opa test --run} knows it by, and no other. */
  String pattern() {
    return "^" + ("data." + inPackage + "." + name).replaceAll("([^\\w])", "\\\\$1") + "$";
  }

  RegoTests.Test failed(String why) {
    return new RegoTests.Test(inPackage + "." + name, position, why);
  }
}
