package io.meshkeel.policy.admission;

/** Service accounts in an AuthorizationPolicy: {@code account} or {@code namespace/account}. */
final class ServiceAccounts {
  private static final int MAX_ACCOUNTS = 16;
  private static final int MAX_LENGTH = 320;

  private ServiceAccounts() {}

  static void check(Node accounts, Refusals refusals) {
    if (accounts.size() > MAX_ACCOUNTS) {
      refusals.add(
          accounts, "there are more than " + MAX_ACCOUNTS + " service accounts", "split the rule");
    }
    for (Node account : accounts.each()) {
      String text = account.text();
      int slash = text.indexOf('/');
      boolean right =
          !text.isEmpty()
              && text.length() <= MAX_LENGTH
              && !text.contains("*")
              && slash != 0
              && (slash < 0 || slash < text.length() - 1)
              && slash == text.lastIndexOf('/');
      if (!right) {
        refusals.value(
            account, "names no service account", "write account or namespace/account, in full");
      }
    }
  }
}
