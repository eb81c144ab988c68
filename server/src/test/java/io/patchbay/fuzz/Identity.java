package io.patchbay.fuzz;

import java.util.List;

/**
 * Who asks: mostly the administrator, by token or as a browser that is signed in.
 *
 * @param cookie of a session
 * @param csrf of the same session
 */
record Identity(String host, String token, String cookie, String csrf) {
  private static final List<String> STRANGERS =
      List.of("Bearer wrong", "Bearer", "Basic YTpi", "bearer  ", "é", "Bearer a b", "");

  Header bearer() {
    return new Header("Authorization", "Bearer " + token);
  }

  List<Header> headers(Dice dice) {
    Header host = new Header("Host", this.host);
    return switch (dice.below(30)) {
      case 0 -> List.of(host);
      case 1 -> List.of(host, new Header("Authorization", dice.of(STRANGERS)));
      case 2, 3 -> List.of(host, new Header("Cookie", cookie), new Header("X-CSRF-Token", csrf));
      case 4 -> List.of(host, new Header("Cookie", cookie));
      default -> List.of(host, bearer());
    };
  }
}
