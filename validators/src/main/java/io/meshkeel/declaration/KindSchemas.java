package io.meshkeel.declaration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON Schemas (draft 7, which editors know best) of Meshkeel's own kinds, for completion and
 * checks in an editor. Made from the tables by which documents are read; what a schema can't say,
 * such as that a cluster must be in the mesh, is found by {@code meshkeel validate}.
 */
public final class KindSchemas {
  private KindSchemas() {}

  /** The text of each schema file, by its name, for example {@code meshgateway.json}. */
  public static Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    OwnShapes.all()
        .forEach((kind, spec) ->
            files.put(kind.toLowerCase(Locale.ROOT) + ".json", text(document(kind, spec))));
    return files;
  }

  private static String text(Map<String, Object> schema) {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    DefaultIndenter indent = new DefaultIndenter("  ", "\n");
    printer.indentObjectsWith(indent);
    try {
      return new ObjectMapper().writer(printer).writeValueAsString(schema) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps, lists and texts have a JSON form", e);
    }
  }

  private static Map<String, Object> document(String kind, Shape.Struct spec) {
    Map<String, Object> texts = map("type", "object");
    texts.put("additionalProperties", map("type", "string"));
    Map<String, Object> named = new LinkedHashMap<>();
    named.put(
        "name", of(new Shape.Text(kind.equals("MeshGateway") ? TextForm.SERVICE : nameOf(kind))));
    named.put("labels", texts);
    named.put("annotations", texts);
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("apiVersion", map("const", OwnKinds.API_VERSION));
    properties.put("kind", map("const", kind));
    properties.put("metadata", object(named, List.of("name")));
    properties.put("spec", of(spec));
    Map<String, Object> schema = map("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("title", kind);
    schema.putAll(object(properties, List.of("apiVersion", "kind", "metadata", "spec")));
    return schema;
  }

  private static TextForm nameOf(String kind) {
    return kind.equals("Mesh") || kind.equals("MeshCluster") ? TextForm.LABEL : TextForm.SUBDOMAIN;
  }

  private static Map<String, Object> of(Shape shape) {
    return switch (shape) {
      case Shape.Text(TextForm form) -> {
        Map<String, Object> text = map("type", "string");
        text.put("pattern", "^(" + form.pattern() + ")$");
        yield form == TextForm.QUANTITY
            ? map("anyOf", List.of(text, bounded(0, Integer.MAX_VALUE)))
            : text;
      }
      case Shape.Word(List<String> words) -> map("enum", words);
      case Shape.Flag() -> map("type", "boolean");
      case Shape.Whole(int least, int most) -> bounded(least, most);
      case Shape.ListOf(Shape item, int least) -> {
        Map<String, Object> list = map("type", "array");
        list.put("items", of(item));
        if (least > 0) {
          list.put("minItems", least);
        }
        yield list;
      }
      case Shape.Texts() -> {
        Map<String, Object> texts = map("type", "object");
        texts.put("additionalProperties", map("type", "string"));
        yield texts;
      }
      case Shape.Foreign(List<String> names) -> {
        Map<String, Object> properties = new LinkedHashMap<>();
        names.forEach(name -> properties.put(name, map("type", "object")));
        yield object(properties, List.of());
      }
      case Shape.Or(String word, Shape other) ->
          map("anyOf", List.of(map("const", word), of(other)));
      case Shape.Struct(List<Shape.Field> fields) -> {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Shape.Field field : fields) {
          if (field.need() == Shape.Need.LATER) {
            continue;
          }
          Map<String, Object> each = of(field.shape());
          each.put("description", described(field));
          properties.put(field.name(), each);
          if (field.need() == Shape.Need.REQUIRED) {
            required.add(field.name());
          }
        }
        yield object(properties, required);
      }
    };
  }

  private static String described(Shape.Field field) {
    String meaning = field.meaning();
    return Character.toUpperCase(meaning.charAt(0))
        + meaning.substring(1)
        + (field.fallback().isEmpty()
            ? "."
            : ". Default: " + field.fallback().replace("`", "") + ".");
  }

  private static Map<String, Object> bounded(int least, int most) {
    Map<String, Object> number = map("type", "integer");
    number.put("minimum", least);
    if (most < Integer.MAX_VALUE) {
      number.put("maximum", most);
    }
    return number;
  }

  private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
    Map<String, Object> object = map("type", "object");
    object.put("additionalProperties", false);
    if (!required.isEmpty()) {
      object.put("required", required);
    }
    object.put("properties", properties);
    return object;
  }

  /** A map that takes more, in the order of writing. */
  private static Map<String, Object> map(String name, Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(name, value);
    return map;
  }
}
