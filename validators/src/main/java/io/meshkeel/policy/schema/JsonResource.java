package io.meshkeel.policy.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.meshkeel.model.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON to {@link JsonTree} content, by tokens: binding would double the time of a start. */
final class JsonResource {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonResource() {}

  /**
   * @throws IOException if it is no JSON or no object
   */
  static Map<String, Object> read(InputStream in) throws IOException {
    try (JsonParser parser = JSON.createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("the resource is no JSON object");
      }
      return object(parser);
    }
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> map = new HashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        map.put(name, value(parser));
      }
    }
    return map;
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? JsonTree.number(parser.getDoubleValue())
              : (Object) parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> JsonTree.number(parser.getDoubleValue());
      default -> throw new IOException("unexpected " + parser.currentToken());
    };
  }
}
