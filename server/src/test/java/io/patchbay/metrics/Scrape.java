package io.patchbay.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Prometheus' text format, strictly: what does not fit it is an {@link AssertionError}. */
public final class Scrape {
  private static final Pattern META =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");

  private final Map<String, String> types = new TreeMap<>();
  private final List<Sample> samples = new ArrayList<>();

  /** One line. */
  public record Sample(String name, Map<String, String> labels, double value) {}

  public static Scrape of(String text) {
    if (!text.endsWith("\n")) {
      throw new AssertionError("the last line has no end");
    }
    var scrape = new Scrape();
    text.lines().forEach(scrape::line);
    scrape.requireWholeHistograms();
    return scrape;
  }

  /** Families by name with their type. */
  public Map<String, String> types() {
    return types;
  }

  /** Names of the labels of a family, without a histogram's own. */
  public Set<String> labels(String family) {
    var names = new TreeSet<String>();
    for (Sample sample : samples) {
      if (family(sample.name).equals(family)) {
        names.addAll(sample.labels.keySet());
      }
    }
    names.remove("le");
    return names;
  }

  /** Whether a family has any sample yet. */
  public boolean has(String family) {
    return samples.stream().anyMatch(sample -> family(sample.name).equals(family));
  }

  public List<Sample> samples() {
    return samples;
  }

  /** Sum of the samples that have all these labels, given as name, value, name, value. */
  public double value(String name, String... labels) {
    return samples.stream()
        .filter(s -> s.name.equals(name) && has(s, labels))
        .mapToDouble(Sample::value)
        .sum();
  }

  private static boolean has(Sample sample, String... labels) {
    for (int i = 0; i < labels.length; i += 2) {
      if (!labels[i + 1].equals(sample.labels.get(labels[i]))) {
        return false;
      }
    }
    return true;
  }

  private void line(String line) {
    Matcher meta = META.matcher(line);
    if (meta.matches()) {
      if (meta.group(1).equals("TYPE") && types.put(meta.group(2), meta.group(3)) != null) {
        throw new AssertionError("twice: " + line);
      }
      return;
    }
    Matcher sample = SAMPLE.matcher(line);
    if (!sample.matches() || !types.containsKey(family(sample.group(1)))) {
      throw new AssertionError("no sample of a family: " + line);
    }
    double value = Double.parseDouble(sample.group(3).replace("Inf", "Infinity"));
    samples.add(new Sample(sample.group(1), labels(sample.group(2), line), value));
  }

  private static Map<String, String> labels(
      @org.jspecify.annotations.Nullable String text, String line) {
    var labels = new LinkedHashMap<String, String>();
    Matcher label = LABEL.matcher(text == null ? "" : text);
    int end = 0;
    while (label.find() && label.start() == end) {
      labels.put(label.group(1), label.group(2));
      end = label.end();
    }
    if (text != null && end != text.length()) {
      throw new AssertionError("odd labels: " + line);
    }
    return labels;
  }

  /** The family that a sample belongs to: a histogram has samples of several names. */
  private String family(String name) {
    for (String suffix : List.of("_bucket", "_count", "_sum")) {
      if (name.endsWith(suffix)) {
        String family = name.substring(0, name.length() - suffix.length());
        if (Set.of("histogram", "summary").contains(types.getOrDefault(family, ""))) {
          return family;
        }
      }
    }
    return name;
  }

  /** Buckets never fall, and the last one, without bound, is the count. */
  private void requireWholeHistograms() {
    var last = new HashMap<Map<String, String>, Double>();
    for (Sample sample : samples) {
      var series = new LinkedHashMap<>(sample.labels);
      series.remove("le");
      series.put("family", family(sample.name));
      if (sample.name.endsWith("_bucket")) {
        Double before = last.put(series, sample.value);
        if (before != null && before > sample.value) {
          throw new AssertionError("buckets fall: " + sample);
        }
      } else if (sample.name.endsWith("_count") && last.containsKey(series)) {
        if (!last.get(series).equals(sample.value)) {
          throw new AssertionError("not the last bucket: " + sample);
        }
      }
    }
  }
}
