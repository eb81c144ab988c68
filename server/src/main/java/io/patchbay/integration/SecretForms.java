package io.patchbay.integration;

import io.patchbay.base.Json;
import java.net.IDN;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** How secrets may be spelt where they turn up, put into two trees of words. */
final class SecretForms {
  /** Lines of a secret and texts inside a secret that is JSON are masked from this length on. */
  private static final int SHORTEST_PART = 8;

  /** Characters of a name of a host. */
  private static final int LONGEST_NAME = 253;

  /** What numbers are spelt with. */
  private static final String OF_NUMBERS = "0123456789+-./e";

  private static final char[] QUOTES = {'\'', '"'};

  /** As a text may hold it as it is. */
  private final WordTree plain = new WordTree();

  /** In base 64 or hexadecimal. */
  private final WordTree encoded = new WordTree();

  private int shortestNumber = Integer.MAX_VALUE;

  void addSecret(String secret) {
    parts(secret)
        .filter(part -> part.length() >= SecretMask.SHORTEST)
        .distinct()
        .forEach(this::addForms);
  }

  Automaton plain() {
    return Automaton.of(plain);
  }

  Automaton encoded() {
    return Automaton.of(encoded);
  }

  /** Characters of the shortest form that a number may have in it. */
  int shortestNumber() {
    return shortestNumber;
  }

  /** The value, each long line of it, and each long text inside where it is JSON. */
  private static Stream<String> parts(String value) {
    Stream<String> lines =
        value.lines().map(String::strip).filter(line -> line.length() >= SHORTEST_PART);
    return Stream.of(Stream.of(value, value.strip()), lines, texts(value)).flatMap(s -> s);
  }

  private static Stream<String> texts(String value) {
    try {
      JsonNode json = Json.parse(value);
      return json.isContainer()
          ? leaves(json).filter(t -> t.length() >= SHORTEST_PART)
          : Stream.of();
    } catch (Json.MalformedJson e) {
      return Stream.of();
    }
  }

  private static Stream<String> leaves(JsonNode node) {
    return node.isContainer()
        ? node.valueStream().flatMap(SecretForms::leaves)
        : Stream.of(node.asString()).flatMap(t -> Stream.concat(Stream.of(t), t.lines()));
  }

  private void addForms(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    add(value);
    addInUrls(value);
    addInPython(value, new String(bytes, StandardCharsets.ISO_8859_1));
    String json = inner(Json.write(StringNode.valueOf(value)));
    add(json);
    // As Python's json.dumps prints it: all that is not ASCII escaped.
    add(escaped(json, true));
    addInHtml(value);
    addEncoded(bytes);
  }

  private void add(String form) {
    addWord(plain, Folding.plain(form));
  }

  private void addWord(WordTree tree, String form) {
    tree.add(form);
    if (form.length() < shortestNumber && form.chars().allMatch(c -> OF_NUMBERS.indexOf(c) >= 0)) {
      shortestNumber = form.length();
    }
  }

  private void addInUrls(String value) {
    String form = URLEncoder.encode(value, StandardCharsets.UTF_8);
    add(form);
    add(form.replace("+", "%20"));
    // Python escapes the star and not the tilde, and leaves slashes in paths alone.
    String quoted = form.replace("*", "%2A").replace("%7E", "~");
    add(quoted);
    add(quoted.replace("+", "%20"));
    add(quoted.replace("+", "%20").replace("%2F", "/"));
    addSpelt(HttpUrl.parse("http://x/" + value), "http://x/", "", value);
    addSpelt(HttpUrl.parse("http://x/?" + value), "http://x/?", "", value);
    if (value.length() <= LONGEST_NAME) {
      addSpelt(HttpUrl.parse("http://" + value), "http://", "/", value);
      addInNames(value);
    }
  }

  /** As a client spells it in a URL, which encodes only what a path, query or host cannot hold. */
  private void addSpelt(@Nullable HttpUrl url, String start, String end, String value) {
    if (url == null) {
      return;
    }
    String spelt = url.toString();
    int length = spelt.length() - start.length() - end.length();
    // Steps such as /../ are resolved; the rest could be a single letter, found everywhere.
    if (spelt.startsWith(start) && spelt.endsWith(end) && length >= value.length()) {
      add(spelt.substring(start.length(), start.length() + length));
    }
  }

  /** As names of hosts spell what is not ASCII. */
  private void addInNames(String value) {
    try {
      String name = IDN.toASCII(value, IDN.ALLOW_UNASSIGNED);
      if (name.length() >= value.length()) {
        add(name);
      }
    } catch (IllegalArgumentException noName) {
      // It is in no name then.
    }
  }

  private void addInPython(String value, String latin) {
    for (char quote : QUOTES) {
      String repr = pythonRepr(value, quote);
      add(repr);
      add(escaped(repr, false));
      // As it prints bytes: each as one character.
      add(escaped(pythonRepr(latin, quote), false));
    }
  }

  private void addInHtml(String value) {
    String html = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    add(html);
    String quotes = html.replace("\"", "&quot;");
    add(quotes);
    add(quotes.replace("'", "&#x27;"));
    add(quotes.replace("'", "&#39;"));
  }

  /**
   * In base 64 also the part that is the same whatever stands before and behind the secret, as a
   * user's name does in a header of basic authentication.
   */
  private void addEncoded(byte[] bytes) {
    addCode(HexFormat.of().formatHex(bytes));
    addCode(Base64.getEncoder().withoutPadding().encodeToString(bytes));
    addCode(Base64.getEncoder().encodeToString(bytes));
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, shifted, before, bytes.length);
      String code = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      String stable = code.substring((before * 8 + 5) / 6, shifted.length * 8 / 6);
      if (stable.length() >= SHORTEST_PART) {
        addCode(stable);
      }
    }
  }

  private void addCode(String code) {
    addWord(encoded, Folding.encoded(code));
  }

  /** As Python prints it inside a list or dict, without the quotes around it. */
  private static String pythonRepr(String value, char quote) {
    return value
        .replace("\\", "\\\\")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t")
        .replace(String.valueOf(quote), "\\" + quote);
  }

  /**
   * With all that is not printable ASCII escaped.
   *
   * @param json as JSON does; else as Python's ascii() does
   */
  private static String escaped(String text, boolean json) {
    HexFormat hex = HexFormat.of();
    var out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int c = json ? text.charAt(i) : text.codePointAt(i);
      i += Character.charCount(c);
      if (c >= ' ' && c < 127) {
        out.append((char) c);
      } else if (json || (c >= 256 && c <= Character.MAX_VALUE)) {
        out.append("\\u").append(hex.toHexDigits((char) c));
      } else if (c < 256) {
        out.append("\\x").append(hex.toHexDigits((byte) c));
      } else {
        out.append("\\U").append(hex.toHexDigits(c));
      }
    }
    return out.toString();
  }

  private static String inner(String quoted) {
    return quoted.substring(1, quoted.length() - 1);
  }
}
