package io.meshkeel.model;

import java.util.Locale;

/** How bad a finding is, worst first. */
public enum Severity {
  /** Certainly breaks or opens something; denies. */
  ERROR,
  /** Probably not what was meant. */
  WARN,
  /** Worth knowing. */
  INFO;

  /** The word used in reports and Rego metadata: {@code error}, {@code warn}, {@code info}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
