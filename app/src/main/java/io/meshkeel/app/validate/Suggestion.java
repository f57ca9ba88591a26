package io.meshkeel.app.validate;

import io.meshkeel.declaration.TextEdit;
import java.util.List;

/**
 * What puts a finding right for certain, as changes of its file's text.
 *
 * @param title what is done, as a command of few words
 * @param edits in the order of the text; empty if it must be done by hand
 * @param byHand why it can't be written into the text; empty if it can
 */
record Suggestion(String title, List<TextEdit> edits, String byHand) {
  Suggestion {
    edits = List.copyOf(edits);
  }

  /** What follows a remediation in reports that have no place for edits; starts with a space. */
  String hint() {
    return byHand.isEmpty() ? " (`meshkeel validate --fix` does it: " + title + ")" : "";
  }
}
