package io.meshkeel.policy.admission;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The messages that istiod knows when it reads the value of an EnvoyFilter's patch, read from a
 * list that is made of istiod's own descriptors. Any thread.
 */
final class EnvoyMessages {
  private static final String LIST = "envoy-messages.txt";

  private final Map<String, String> lines = new HashMap<>();
  private final Map<String, Set<String>> enumerations = new HashMap<>();
  private final Set<String> packages = new HashSet<>();
  private final Map<String, Map<String, Field>> compiled = new ConcurrentHashMap<>();

  private EnvoyMessages() {
    try (InputStream in = EnvoyMessages.class.getResourceAsStream(LIST)) {
      if (in == null) {
        throw new IllegalStateException("the distribution lacks " + LIST);
      }
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String line) {
    int equals = line.indexOf("= ");
    if (equals > 0 && line.indexOf(' ') == equals + 1) {
      enumerations.put(line.substring(0, equals), Set.of(line.substring(equals + 2).split(" ")));
      return;
    }
    int colon = line.indexOf(':');
    String name = line.substring(0, colon);
    lines.put(name, line.substring(colon + 1).strip());
    packages.add(packageOf(name));
  }

  /** Read when the first value is checked. */
  private static final class Shared {
    static final EnvoyMessages INSTANCE = new EnvoyMessages();
  }

  static EnvoyMessages shared() {
    return Shared.INSTANCE;
  }

  /** How many of a message's values a field holds. */
  enum Shape {
    ONE,
    LIST,
    MAP
  }

  /**
   * A field.
   *
   * @param name as the definition writes it
   * @param type one letter of the list's head, or the full name of a message or enumeration
   * @param oneof what only one field of may be there; empty if it is in none
   */
  record Field(String name, Shape shape, String type, String oneof) {}

  /** The words of an enumeration; null if there is none of this name. */
  @Nullable Set<String> words(String enumeration) {
    return enumerations.get(enumeration);
  }

  boolean has(String message) {
    return lines.containsKey(message);
  }

  /** Whether there is a message of this package. */
  boolean hasPackage(String name) {
    return packages.contains(name);
  }

  /** The fields by each of their two names; null if the message isn't known. */
  @Nullable Map<String, Field> fields(String message) {
    String line = lines.get(message);
    return line == null ? null : compiled.computeIfAbsent(message, name -> compile(name, line));
  }

  private Map<String, Field> compile(String message, String line) {
    Map<String, Field> fields = new HashMap<>();
    for (String word : line.isEmpty() ? new String[0] : line.split(" ")) {
      int equals = word.indexOf('=');
      int bar = word.indexOf('|');
      String name = word.substring(0, equals);
      String type = word.substring(equals + 1, bar < 0 ? word.length() : bar);
      Shape shape =
          switch (type.charAt(0)) {
            case '*' -> Shape.LIST;
            case '%', '#' -> Shape.MAP;
            default -> Shape.ONE;
          };
      String bare = shape == Shape.ONE ? type : type.substring(1);
      Field field =
          new Field(
              name,
              shape,
              bare.length() == 1 ? bare : full(bare, packageOf(message)),
              bar < 0 ? "" : word.substring(bar));
      fields.put(name, field);
      fields.put(camel(name), field);
    }
    return Map.copyOf(fields);
  }

  private String full(String type, String inPackage) {
    String here = inPackage + "." + type;
    return lines.containsKey(here) || enumerations.containsKey(here) ? here : type;
  }

  /** What is before the first name that begins with a capital. */
  static String packageOf(String message) {
    int end = message.length();
    for (int dot = message.indexOf('.'); dot >= 0; dot = message.indexOf('.', dot + 1)) {
      if (dot + 1 < message.length() && Character.isUpperCase(message.charAt(dot + 1))) {
        end = dot;
        break;
      }
    }
    return end == message.length() ? "" : message.substring(0, end);
  }

  private static String camel(String name) {
    StringBuilder camel = new StringBuilder(name.length());
    boolean up = false;
    for (char c : name.toCharArray()) {
      if (c == '_') {
        up = true;
      } else {
        camel.append(up ? Character.toUpperCase(c) : c);
        up = false;
      }
    }
    return camel.toString();
  }
}
