package io.patchbay.intent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Utterances and the nodes that they select, ready to be compared with messages. Immutable. */
final class UtteranceIndex {
  /** Utterances that are compared in full, out of those that look nearest. */
  private static final int MOST_COMPARED = 64;

  private static final int MOST_COMPARED_PER_NODE = 4;

  /** What is further away is not even a candidate. */
  private static final double FARTHEST = 0.2;

  /** Utterances that a term may stand in and still be looked up by. */
  private static final int MOST_HOLDERS = 500;

  /** Times that an utterance is found by a term of a message; each takes some 100 ns. */
  private static final int MOST_FOUND = 50_000;

  /** Times that an utterance found is looked through for a further term. */
  private static final int MOST_CHECKED = 200_000;

  /**
   * @param utterance as authored
   */
  record Source(String node, String utterance) {}

  /** An utterance as indexes need it; one may stand in many. */
  record Entry(Source source, String normal, String full, List<String> terms) {}

  /** Empty utterances are passed over. */
  static List<Entry> entries(String node, List<String> utterances) {
    return utterances.stream()
        .map(utterance -> {
          String normal = Wording.normalise(utterance);
          String full = ShortForms.inFull(normal);
          return new Entry(new Source(node, utterance), normal, full, Terms.of(full));
        })
        .filter(entry -> !entry.normal().isEmpty())
        .toList();
  }

  private final Map<String, Source> exact;
  private final List<Entry> entries;
  private final Map<String, List<Stance>> stances = new HashMap<>();
  private final Vocabulary vocabulary;
  private final List<IndexedUtterance> utterances;
  private final List<List<Integer>> utterancesByTerm = new ArrayList<>();

  private UtteranceIndex(
      Map<String, Source> exact,
      List<Entry> entries,
      Vocabulary vocabulary,
      List<IndexedUtterance> utterances) {
    this.exact = Map.copyOf(exact);
    this.entries = List.copyOf(entries);
    for (Entry entry : entries) {
      stances
          .computeIfAbsent(entry.source().node(), _ -> new ArrayList<>())
          .add(Stance.of(entry.full()));
    }
    this.vocabulary = vocabulary;
    this.utterances = List.copyOf(utterances);
    for (int at = 0; at < utterances.size(); at++) {
      for (int term : utterances.get(at).terms()) {
        while (utterancesByTerm.size() <= term) {
          utterancesByTerm.add(new ArrayList<>());
        }
        utterancesByTerm.get(term).add(at);
      }
    }
  }

  /** Collects utterances in authored order. */
  static final class Builder {
    private final Map<String, Source> exact = new LinkedHashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> nodes = new HashSet<>();

    /** Utterances without any word can only be met exactly. */
    void add(String node, List<Entry> utterances) {
      nodes.add(node);
      for (Entry entry : utterances) {
        exact.putIfAbsent(entry.normal(), entry.source());
        exact.putIfAbsent(entry.full(), entry.source());
        if (!entry.terms().isEmpty()) {
          entries.add(entry);
        }
      }
    }

    UtteranceIndex build() {
      var vocabulary = new Vocabulary();
      entries.forEach(e -> e.terms().forEach(term -> vocabulary.add(term, e.source().node())));
      vocabulary.weigh(nodes.size());
      return new UtteranceIndex(
          exact, entries, vocabulary, entries.stream().map(e -> indexed(e, vocabulary)).toList());
    }

    private static IndexedUtterance indexed(Entry entry, Vocabulary vocabulary) {
      int[] terms = entry.terms().stream().mapToInt(vocabulary::id).toArray();
      boolean denies = Query.denies(entry.terms());
      Source source = entry.source();
      return new IndexedUtterance(source.node(), source.utterance(), terms, denies, vocabulary);
    }
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  /** Those that have words, in authored order. */
  List<Entry> entries() {
    return entries;
  }

  /** Whether a message, in full words, may be meant as the utterances of a node are. */
  boolean fits(String node, Stance message) {
    return message.fits(stances.getOrDefault(node, List.of()));
  }

  Set<String> known() {
    return exact.keySet();
  }

  /** Utterances that are compared. */
  int size() {
    return utterances.size();
  }

  /** The first utterance that is the message. */
  Optional<Source> exact(String normal) {
    return Optional.ofNullable(exact.get(normal));
  }

  /** What comes nearest to a message, best first; several utterances of one node may be there. */
  List<Match.Candidate> nearest(String normal) {
    Query query = Query.of(normal, vocabulary);
    return worthComparing(query).stream()
        .map(utterance -> utterance.scored(query.score(utterance, vocabulary)))
        .filter(candidate -> candidate.score() > FARTHEST)
        .sorted(Comparator.comparingDouble(Match.Candidate::score).reversed())
        .toList();
  }

  private record Rough(IndexedUtterance utterance, double score) {}

  /** The utterances that share most with the message. */
  private List<IndexedUtterance> worthComparing(Query query) {
    List<Rough> rough = new ArrayList<>();
    shared(query)
        .forEach((at, shared) -> {
          IndexedUtterance utterance = utterances.get(at);
          double score = query.roughly(shared, utterance);
          if (score > FARTHEST) {
            rough.add(new Rough(utterance, score));
          }
        });
    rough.sort(Comparator.comparingDouble(Rough::score).reversed());
    List<IndexedUtterance> chosen = new ArrayList<>();
    Map<String, Integer> ofNode = new HashMap<>();
    for (Rough next : rough) {
      int sameNode = ofNode.merge(next.utterance().node(), 1, Integer::sum);
      if (chosen.size() < MOST_COMPARED && sameNode <= MOST_COMPARED_PER_NODE) {
        chosen.add(next.utterance());
      }
    }
    return chosen;
  }

  /**
   * Utterances by place, in authored order, with the weight of the terms that they have in common
   * with the message. Where rarer terms have led to some, terms that stand in very many utterances
   * lead to no others.
   */
  private Map<Integer, Double> shared(Query query) {
    Map<Integer, Double> likeness = query.terms();
    List<Integer> rarestFirst = new ArrayList<>(likeness.keySet());
    rarestFirst.sort(Comparator.comparingInt(term -> utterancesByTerm.get(term).size()));
    Map<Integer, Double> shared = new TreeMap<>();
    int found = 0;
    long checked = 0;
    for (int term : rarestFirst) {
      double worth = likeness.getOrDefault(term, 0.0) * vocabulary.weight(term);
      List<Integer> holders = utterancesByTerm.get(term);
      if (holders.size() <= MOST_HOLDERS || shared.isEmpty()) {
        List<Integer> some = holders.subList(0, Math.min(holders.size(), MOST_FOUND - found));
        some.forEach(at -> shared.merge(at, worth, Double::sum));
        found += some.size();
      } else if (checked + shared.size() <= MOST_CHECKED) {
        checked += shared.size();
        shared.replaceAll((at, sum) -> utterances.get(at).contains(term) ? sum + worth : sum);
      }
    }
    return shared;
  }
}
