package io.lanewise.benchmarks.contender;

import java.util.List;

/**
 * A library that computes tasks. Found by {@link java.util.ServiceLoader}; used from one thread.
 */
public interface Contender {
  /** Short and lower case, such as {@code "onednn"}: option values and rows. */
  String name();

  /** The library's own version, such as {@code "3.11.0"}. */
  String version();

  /**
   * The ways in which it can compute {@code task}, its own first choice first: algorithms or memory
   * layouts, such as {@code "im2col"} or {@code "nchw"}. Empty if it cannot.
   */
  List<String> variants(Task task);

  /**
   * Makes a task ready: memory allocated, weights packed, inputs filled from {@link Task}, in the
   * layout of the variant.
   *
   * @param variant one of {@link #variants}
   * @param threads how many threads a run may use, the calling one included
   */
  Prepared prepare(Task task, String variant, int threads);
}
