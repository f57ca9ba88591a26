package io.meshkeel.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * Whoever decides: one question, one answer. Any thread, several questions at once; asking twice
 * gives the same answer and changes nothing.
 */
public interface Decisions {
  /**
   * Evaluates a document; blocks.
   *
   * @param document path below {@code /v1/data/}, for example {@code meshkeel/main/answer}
   * @param input JSON: maps, lists, strings, numbers, booleans
   * @throws UnansweredException if there is no answer: never an empty one instead
   */
  JsonNode ask(String document, Map<String, Object> input) throws UnansweredException;
}
