package io.patchbay.authoring;

import java.util.List;

/** Looks at source without running it. */
public interface SourceReview {
  /** What does not compile; empty when the source is fine. */
  List<Authoring.SourceProblem> problems(String source);

  /**
   * What compiles and will probably fail; only for source without problems.
   *
   * @param lock of the packages that it can import; empty where there are none of its own
   */
  List<Authoring.SourceProblem> warnings(String source, String lock);
}
