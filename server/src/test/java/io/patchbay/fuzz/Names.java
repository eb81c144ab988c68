package io.patchbay.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What things are called on this server, by the name of the parameter that takes it: {@code bot},
 * {@code node}, {@code version} and so on. Kept to a bound, so that no run grows without end.
 */
final class Names {
  private static final int MOST = 60;

  private final Map<String, List<String>> byParameter = new ConcurrentHashMap<>();

  void add(String parameter, String name) {
    byParameter.compute(
        parameter,
        (_, known) -> {
          List<String> names = new ArrayList<>(known == null ? List.of() : known);
          if (!names.contains(name)) {
            names.add(name);
          }
          return List.copyOf(names.subList(Math.max(0, names.size() - MOST), names.size()));
        });
  }

  /** A text that nothing is called where nothing is known. */
  String one(String parameter, Dice dice) {
    return dice.of(byParameter.getOrDefault(parameter, List.of("x")));
  }
}
