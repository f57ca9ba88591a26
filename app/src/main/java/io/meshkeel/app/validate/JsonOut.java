package io.meshkeel.app.validate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/** Writes one JSON document to a writer that stays open. */
final class JsonOut {
  private JsonOut() {}

  /** What a report writes. */
  @FunctionalInterface
  interface Document {
    void write(JsonGenerator json) throws IOException;
  }

  static void print(PrintWriter out, Document document) {
    try {
      JsonGenerator json = new JsonFactory().createGenerator(out);
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      document.write(json);
      json.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the report could not be written", e);
    }
    out.println();
    out.flush();
  }
}
