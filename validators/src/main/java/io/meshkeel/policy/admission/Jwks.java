package io.meshkeel.policy.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** JSON Web Key Sets, as far as istiod reads them: what each type of key must have. */
final class Jwks {
  /** What follows the first value is not looked at, as istiod doesn't. */
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, List<String>> NUMBERS =
      Map.of(
          "RSA", List.of("n", "e"),
          "EC", List.of("x", "y"),
          "OKP", List.of("x"),
          "oct", List.of("k"));
  private static final Set<String> ON_CURVES = Set.of("EC", "OKP");
  private static final List<String> TEXTS = List.of("alg", "kid", "use", "x5u", "x5t", "x5t#S256");

  private Jwks() {}

  /** What is wrong with a key set, or a single key; to be read behind "the key set". */
  static Optional<String> problem(String text) {
    JsonNode set;
    try {
      set = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return Optional.of("is no JSON");
    }
    if (!set.isObject()) {
      return Optional.of("is no JSON object");
    }
    if (!set.has("keys")) {
      return key(set);
    }
    JsonNode keys = set.get("keys");
    if (!keys.isArray() && !keys.isNull()) {
      return Optional.of("has 'keys' that are no list");
    }
    for (JsonNode key : keys) {
      Optional<String> problem = key(key);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> key(JsonNode key) {
    String type = key.path("kty").asText("");
    List<String> numbers = NUMBERS.get(type);
    if (!key.isObject() || numbers == null) {
      return Optional.of("has a key whose 'kty' is none of RSA, EC, OKP, oct");
    }
    for (String number : numbers) {
      if (!isBase64(key.path(number))) {
        return Optional.of("has a key of type " + type + " without a right '" + number + "'");
      }
    }
    if (key.has("d")
        && !key.path("d").isNull()
        && !type.equals("oct")
        && !isBase64(key.path("d"))) {
      return Optional.of("has a private key without a right 'd'");
    }
    if (ON_CURVES.contains(type) && !key.path("crv").isTextual()) {
      return Optional.of("has a key of type " + type + " without a right 'crv'");
    }
    for (String field : TEXTS) {
      if (key.has(field) && !key.get(field).isTextual() && !key.get(field).isNull()) {
        return Optional.of("has a key whose '" + field + "' is no text");
      }
    }
    return Optional.empty();
  }

  /** Base64 in one of its two alphabets, padded or not. */
  private static boolean isBase64(JsonNode value) {
    if (!value.isTextual()) {
      return false;
    }
    String text = value.asText();
    boolean standard = text.indexOf('+') >= 0 || text.indexOf('/') >= 0;
    try {
      byte[] bytes = (standard ? Base64.getDecoder() : Base64.getUrlDecoder()).decode(text);
      return bytes.length > 0 || text.isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
