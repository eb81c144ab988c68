package io.patchbay.server;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One of the packages that all code can import from (contract A10).
 *
 * @param name as an index knows it
 * @param module what code imports
 * @param requirement lines that an index is asked for; empty where Patchbay brings a module of its
 *     own
 */
record DefaultPackage(String name, String module, Optional<String> requirement) {
  /**
   * Of the versions that the platform had or that do the same; those that need no others come
   * first.
   */
  static final List<DefaultPackage> ALL =
      List.of(
          of("six", "six", ">=1.12,<2"),
          of("pytz", "pytz", ">=2019.2"),
          of("chardet", "chardet", ">=3.0.4,<8"),
          of("requests", "requests", ">=2.22,<3"),
          of("python-dateutil", "dateutil", ">=2.8,<3"),
          of("redis", "redis", ">=3.2.1,<9"),
          of("PyMySQL", "pymysql", ">=1,<2"),
          of("gspread", "gspread", ">=3.1,<7"),
          // It uses pyOpenSSL where that is there, and a distribution's does not fit what comes
          // along.
          of("oauth2client", "oauth2client", ">=4.1.3,<5\npyOpenSSL>=19"),
          of("httplib2", "httplib2", ">=0.13.1,<1"),
          of("pyasn1", "pyasn1", ">=0.4.6,<1"),
          of("rsa", "rsa", ">=4,<5"),
          new DefaultPackage("unicodecsv", "unicodecsv", Optional.empty()));

  /** The module that stands in for one that needs a compiler, to the one that it uses. */
  private static final Map<String, String> STANDS_FOR = Map.of("MySQLdb", "pymysql");

  private static DefaultPackage of(String name, String module, String versions) {
    return new DefaultPackage(name, module, Optional.of(name + versions));
  }

  /** The one that brings this module. */
  static Optional<DefaultPackage> bringing(String module) {
    String real = STANDS_FOR.getOrDefault(module, module);
    return ALL.stream().filter(one -> one.module.equals(real)).findFirst();
  }

  /** Package to module. */
  static Map<String, String> modules() {
    Map<String, String> modules = new TreeMap<>();
    ALL.forEach(one -> modules.put(one.name, one.module));
    return modules;
  }

  /** As pip reads them. */
  static String requirements(List<DefaultPackage> packages) {
    return packages.stream()
        .flatMap(one -> one.requirement.stream())
        .map(line -> line + "\n")
        .collect(joining());
  }

  /** Whether a sentence of pip's is about this package. */
  boolean isNamedIn(String sentence) {
    return Pattern.compile(
            "(?<![\\w.-])" + Pattern.quote(name) + "(?![\\w-])", Pattern.CASE_INSENSITIVE)
        .matcher(sentence)
        .find();
  }
}
