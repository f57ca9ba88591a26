package io.meshkeel.model;

import java.util.regex.Pattern;

/** The two name forms of Kubernetes that Meshkeel's own names follow (RFC 1123). */
final class DnsName {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private DnsName() {}

  static String requireLabel(String what, String value) {
    if (!LABEL.matcher(value).matches()) {
      throw new IllegalArgumentException(
          what
              + " '"
              + value
              + "' is not an RFC 1123 label: lower-case letters, digits and '-', at most 63");
    }
    return value;
  }
}
