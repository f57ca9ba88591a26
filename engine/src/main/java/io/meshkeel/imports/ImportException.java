package io.meshkeel.imports;

/** A mesh that can't be imported; the message says why and how to fix it. */
public final class ImportException extends Exception {
  private static final long serialVersionUID = 1L;

  ImportException(String message) {
    super(message);
  }
}
