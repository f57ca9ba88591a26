package io.meshkeel.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.live.TrafficMerge.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an instant query (prometheus.io, "HTTP API").
 *
 * @param samples of the vector, or of all series of the matrix
 * @param warned whether it came with warnings: what answers for several Prometheuses says so when
 *     one of them is missing
 */
record PrometheusAnswer(List<Sample> samples, boolean warned) {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).build())
              .build());

  /** What is asked for. */
  enum Form {
    /** Of each series one sample. */
    VECTOR("value"),
    /** Of each series some samples. */
    MATRIX("values");

    private final String field;

    Form(String field) {
      this.field = field;
    }

    private IOException missed() {
      return new IOException("answers what is no " + this + " of samples");
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @throws IOException if it is not of the form; the message begins with a verb
   */
  static PrometheusAnswer read(byte[] body, Form form) throws IOException {
    try (JsonParser parser = MAPPER.createParser(body)) {
      Reading reading = new Reading(form);
      reading.root(parser);
      if (!reading.success || !reading.formed) {
        throw form.missed();
      }
      return new PrometheusAnswer(reading.samples, reading.warned);
    } catch (JsonProcessingException e) {
      throw new IOException("answers what is no JSON", e);
    }
  }

  /** The kind of an error, {@code (timeout)}; empty if the text doesn't say one. */
  static String errorType(byte[] body) {
    try {
      JsonNode root = MAPPER.readTree(body);
      String type = root == null ? "" : root.path("errorType").asText();
      return type.matches("[a-z_]{1,30}") ? " (" + type + ")" : "";
    } catch (IOException e) {
      return ""; // A page of a proxy before it; its status is told.
    }
  }

  /** The samples of one time, in seconds since 1970. */
  List<Sample> at(double time) {
    return samples.stream().filter(sample -> sample.time() == time).toList();
  }

  /** Reads token by token: an answer can be large. */
  private static final class Reading {
    private final Form form;
    private final List<Sample> samples = new ArrayList<>();
    private boolean success;
    private boolean formed;
    private boolean warned;

    Reading(Form form) {
      this.form = form;
    }

    void root(JsonParser parser) throws IOException {
      expect(parser.nextToken(), JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (field) {
          case "status" -> success = "success".equals(parser.getText());
          case "warnings" -> {
            warned = value == JsonToken.START_ARRAY && parser.nextToken() != JsonToken.END_ARRAY;
            while (warned && parser.nextToken() != JsonToken.END_ARRAY) {
              parser.skipChildren();
            }
          }
          case "data" -> data(parser);
          default -> parser.skipChildren();
        }
      }
    }

    private void data(JsonParser parser) throws IOException {
      expect(parser.currentToken(), JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        switch (field) {
          case "resultType" -> formed = form.toString().equals(parser.getText());
          case "result" -> {
            expect(parser.currentToken(), JsonToken.START_ARRAY);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
              series(parser);
            }
          }
          default -> parser.skipChildren();
        }
      }
    }

    private void series(JsonParser parser) throws IOException {
      expect(parser.currentToken(), JsonToken.START_OBJECT);
      Map<String, String> labels = HashMap.newHashMap(12);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        if (field.equals("metric")) {
          expect(value, JsonToken.START_OBJECT);
          while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String label = parser.currentName();
            expect(parser.nextToken(), JsonToken.VALUE_STRING);
            labels.put(label, parser.getText());
          }
        } else if (field.equals(form.field)) {
          expect(value, JsonToken.START_ARRAY);
          if (form == Form.VECTOR) {
            samples.add(sample(parser, labels));
          } else {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
              expect(parser.currentToken(), JsonToken.START_ARRAY);
              samples.add(sample(parser, labels));
            }
          }
        } else {
          parser.skipChildren();
        }
      }
    }

    private Sample sample(JsonParser parser, Map<String, String> labels) throws IOException {
      JsonToken token = parser.nextToken();
      if (token == null || !token.isNumeric()) {
        throw form.missed();
      }
      double time = parser.getDoubleValue();
      expect(parser.nextToken(), JsonToken.VALUE_STRING);
      double number = number(parser.getText());
      expect(parser.nextToken(), JsonToken.END_ARRAY);
      return new Sample(labels, number, time);
    }

    private void expect(@Nullable JsonToken found, JsonToken wanted) throws IOException {
      if (found != wanted) {
        throw form.missed();
      }
    }

    /** Prometheus writes numbers as texts, among them {@code NaN} and {@code +Inf}. */
    private static double number(String text) throws IOException {
      try {
        return switch (text) {
          case "NaN" -> Double.NaN;
          case "+Inf" -> Double.POSITIVE_INFINITY;
          case "-Inf" -> Double.NEGATIVE_INFINITY;
          default -> Double.parseDouble(text);
        };
      } catch (NumberFormatException e) {
        throw new IOException("answers a sample without a number", e);
      }
    }
  }
}
